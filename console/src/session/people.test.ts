import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gathering } from "./people";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const named = (id: string) => ({ id, name: `name of ${id}`, email: null });

test("whoever is asked about at the same time is asked about in one question, once", async () => {
  const ask = vi.fn(async (ids: string[]) => ids.filter(id => id !== "gone").map(named));
  const nameOf = gathering(ask);
  const all = Promise.all(["a", "b", "a", "gone"].map(nameOf));
  await vi.advanceTimersByTimeAsync(50);
  expect(await all).toEqual(["name of a", "name of b", "name of a", null]);
  expect(ask.mock.calls).toEqual([[["a", "b", "gone"]]]);
});

test("many people are several questions", async () => {
  const ask = vi.fn(async (ids: string[]) => ids.map(named));
  const nameOf = gathering(ask);
  const all = Promise.all(Array.from({ length: 120 }, (_, n) => nameOf(String(n))));
  await vi.advanceTimersByTimeAsync(50);
  expect((await all).at(-1)).toBe("name of 119");
  expect(ask.mock.calls.map(([ids]) => ids.length)).toEqual([50, 50, 20]);
});

test("who has told no name is called by his address", async () => {
  const nameOf = gathering(async ids => ids.map(id => ({ id, name: null, email: "l***@galaxy.example" })));
  const one = nameOf("a");
  await vi.advanceTimersByTimeAsync(50);
  expect(await one).toBe("l***@galaxy.example");
});

test("a question that failed fails for all who asked, and can be asked again", async () => {
  const ask = vi
    .fn()
    .mockRejectedValueOnce(new Error("away"))
    .mockResolvedValueOnce([named("a")]);
  const nameOf = gathering(ask);
  const first = nameOf("a").catch(error => error.message);
  await vi.advanceTimersByTimeAsync(50);
  expect(await first).toBe("away");
  const second = nameOf("a");
  await vi.advanceTimersByTimeAsync(50);
  expect(await second).toBe("name of a");
});
