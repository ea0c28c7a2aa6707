/**
 * What happens in a shop, as the server tells it, once for all windows of a browser: whichever window holds the lock
 * listens and passes it on to the others. When it is closed the next one takes over, and goes on behind what was told last.
 */

export interface Told {
  /** Where it stands among all that was told. */
  id: string;
  /** The kind of a fact: `order.paid`. */
  kind: string;
}

/** Something may have been missed: whatever is shown may be old. */
export const MISSED = "missed";

export type Heard = Told | typeof MISSED;

export interface Place {
  merchant: string;
  mode: string;
}

/** What events are named after, beside the kinds of resources: whatever facts are about. */
export const ABOUT = [
  ...["order", "payment", "refund", "buyer", "hold", "product", "sku", "import", "code", "approval", "api_key"],
  ...["merchant", "person", "data_keys", "journal", "shop", "export", "redemption", "voucher_run", "device"],
];

/** What this needs of a browser, so that tests can stand in for it. */
export interface Browser {
  source: (url: string) => EventSource;
  windows: (name: string) => Pick<BroadcastChannel, "postMessage" | "close" | "onmessage">;
  /** Runs alone among all windows, at once or after another one; without locks each window runs for itself. */
  alone: (name: string, signal: AbortSignal, run: (after: boolean) => Promise<void>) => Promise<void>;
}

/** A source that connects no more by itself. */
const CLOSED = 2;
const FIRST_WAIT_MS = 2_000;
const LAST_WAIT_MS = 60_000;

export const THIS: Browser = {
  source: url => new EventSource(url),
  windows: name => new BroadcastChannel(name),
  alone: async (name, signal, run) => {
    if (!navigator.locks) return run(false);
    let ran = false;
    await navigator.locks.request(name, { ifAvailable: true }, lock => {
      ran = lock !== null;
      return ran ? run(false) : undefined;
    });
    if (!ran && !signal.aborted) await navigator.locks.request(name, { signal }, () => run(true));
  },
};

/** Tells all that happens in a shop from now on; gives how to stop. */
export function follow(
  { merchant, mode }: Place,
  names: readonly string[],
  hear: (heard: Heard) => void,
  on: Browser = THIS,
): () => void {
  const name = `tessera.live.${merchant}.${mode}`;
  const stopped = new AbortController();
  const windows = on.windows(name);
  let last: string | undefined;
  const take = (heard: Heard) => {
    if (heard !== MISSED) last = heard.id;
    hear(heard);
  };
  const pass = (heard: Heard) => {
    windows.postMessage(heard);
    take(heard);
  };
  windows.onmessage = ({ data }: MessageEvent<Heard>) => take(data);
  // What is on screen was asked for before anything could be heard.
  hear(MISSED);
  const query = new URLSearchParams({ merchant, mode });
  const line = { url: `/v1/events?${query}`, names, last: () => last, pass };
  const listening = on.alone(name, stopped.signal, after => {
    // Between two windows something may have happened that neither heard.
    if (after && last === undefined) pass(MISSED);
    return listen(line, stopped.signal, on);
  });
  // Whoever stops while he waits for the lock has nothing to end.
  listening.catch(() => {});
  return () => {
    stopped.abort();
    windows.close();
  };
}

interface Line {
  url: string;
  names: readonly string[];
  last: () => string | undefined;
  pass: (heard: Heard) => void;
}

/** Listens until it is stopped. A browser connects again by itself, behind what it heard last; unless it was refused. */
function listen({ url, names, last, pass }: Line, stopped: AbortSignal, on: Browser): Promise<void> {
  return new Promise(done => {
    let source: EventSource;
    let wait = FIRST_WAIT_MS;
    let timer: ReturnType<typeof setTimeout>;
    let opened = false;
    const begin = () => {
      const behind = last();
      source = on.source(behind ? `${url}&last_event_id=${encodeURIComponent(behind)}` : url);
      source.onopen = () => {
        wait = FIRST_WAIT_MS;
        // It begins now, and what happened while it was being made is told by nobody.
        if (!opened && !behind) pass(MISSED);
        opened = true;
      };
      for (const name of names) {
        source.addEventListener(name, ({ data, lastEventId }) => {
          const heard = read(data, lastEventId);
          if (heard) pass(heard);
        });
      }
      source.onerror = () => {
        if (source.readyState !== CLOSED) return;
        timer = setTimeout(begin, wait);
        wait = Math.min(wait * 2, LAST_WAIT_MS);
      };
    };
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      source.close();
      done();
    });
    begin();
  });
}

function read(data: string, id: string): Told | undefined {
  try {
    const { kind } = JSON.parse(data) as { kind?: unknown };
    return typeof kind === "string" ? { id, kind } : undefined;
  } catch {
    return undefined;
  }
}
