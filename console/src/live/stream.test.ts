import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Browser, follow, type Heard } from "./stream";

const PLACE = { merchant: "mer_1", mode: "test" };

/** A connection that says and does what a test wants. */
class Source {
  readyState = 0;
  closed = false;
  private readonly hearers = new Map<string, (event: object) => void>();
  onerror: () => void = () => {};
  onopen: () => void = () => {};

  constructor(readonly url: string) {}

  close() {
    this.closed = true;
  }

  addEventListener(name: string, hear: (event: object) => void) {
    this.hearers.set(name, hear);
  }

  say(name: string, data: string, lastEventId: string) {
    this.hearers.get(name)?.({ data, lastEventId });
  }

  refuse() {
    this.readyState = 2;
    this.onerror();
  }
}

/** One browser with several windows: its locks, its channels, and the sources that were opened in it. */
function browser() {
  const sources: Source[] = [];
  const channels = new Map<object, string>();
  const waiting: (() => void)[] = [];
  let held = false;
  const on: Browser = {
    source: url => {
      sources.push(new Source(url));
      return sources.at(-1) as unknown as EventSource;
    },
    windows: name => {
      const channel = {
        onmessage: null as ((event: MessageEvent) => void) | null,
        postMessage: (data: unknown) => {
          for (const [other, its] of channels) {
            if (other !== channel && its === name) (other as typeof channel).onmessage?.({ data } as MessageEvent);
          }
        },
        close: () => void channels.delete(channel),
      };
      channels.set(channel, name);
      return channel as unknown as BroadcastChannel;
    },
    alone: async (_, signal, run) => {
      const after = held;
      if (held) await new Promise<void>(next => waiting.push(next));
      if (signal.aborted) return waiting.shift()?.();
      held = true;
      await run(after);
      held = false;
      waiting.shift()?.();
    },
  };
  const now = (): Source => sources.at(-1) ?? new Source("");
  const tell = (id: string, kind: string) => now().say(kind.split(".")[0] ?? "", JSON.stringify({ kind }), id);
  return { on, sources, now, tell };
}

function window(on: Browser) {
  const heard: Heard[] = [];
  const stop = follow(PLACE, ["order", "refund"], one => heard.push(one), on);
  expect(heard.splice(0), "what is on screen may be old").toEqual(["missed"]);
  return { heard, stop };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("two windows have one connection, and both hear everything once", async () => {
  const { on, sources, tell } = browser();
  const [one, two] = [window(on), window(on)];
  await vi.advanceTimersByTimeAsync(0);
  expect(sources.map(({ url }) => url)).toEqual(["/v1/events?merchant=mer_1&mode=test"]);
  tell("7", "order.paid");
  expect(one.heard).toEqual([{ id: "7", kind: "order.paid" }]);
  expect(two.heard).toEqual(one.heard);
});

test("when the window that listens is closed, another goes on behind what was told last", async () => {
  const { on, sources, tell } = browser();
  const [one, two] = [window(on), window(on)];
  await vi.advanceTimersByTimeAsync(0);
  tell("7", "order.paid");
  one.stop();
  await vi.advanceTimersByTimeAsync(0);
  expect(sources.map(({ url, closed }) => [url.split("&")[2], closed])).toEqual([
    [undefined, true],
    ["last_event_id=7", false],
  ]);
  tell("8", "refund.made");
  expect(two.heard.at(-1)).toEqual({ id: "8", kind: "refund.made" });
  expect(one.heard).toHaveLength(1);
});

test("whoever takes over and was told nothing yet takes nothing for known", async () => {
  const { on } = browser();
  const [one, two] = [window(on), window(on)];
  await vi.advanceTimersByTimeAsync(0);
  one.stop();
  await vi.advanceTimersByTimeAsync(0);
  expect([one.heard, two.heard]).toEqual([[], ["missed"]]);
});

test("what happened while the connection was made is taken for missed, once", async () => {
  const { on, now, tell } = browser();
  const [one, two] = [window(on), window(on)];
  await vi.advanceTimersByTimeAsync(0);
  now().onopen();
  now().onopen();
  expect([one.heard, two.heard]).toEqual([["missed"], ["missed"]]);
  tell("7", "order.paid");
  one.stop();
  await vi.advanceTimersByTimeAsync(0);
  now().onopen();
  expect(two.heard.slice(1), "it went on behind what was heard").toEqual([{ id: "7", kind: "order.paid" }]);
});

test("whoever was refused asks again, later each time, and not once he has stopped", async () => {
  const { on, sources, now } = browser();
  const { stop } = window(on);
  now().refuse();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sources).toHaveLength(2);
  now().refuse();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sources).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sources).toHaveLength(3);
  now().refuse();
  stop();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(sources).toHaveLength(3);
});

test("what is no event of ours is passed over", async () => {
  const { on, now } = browser();
  const { heard } = window(on);
  await vi.advanceTimersByTimeAsync(0);
  now().say("order", "{", "1");
  now().say("order", "{}", "1");
  expect(heard).toEqual([]);
});
