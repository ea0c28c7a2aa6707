import { expect, test } from "vitest";
import zh from "../words/zh";
import { duration, pretty, toldOf, toneOf } from "./requests";

test("a status has a tone", () => {
  expect([200, 302, 404, 422, 500, 503].map(toneOf)).toEqual(["good", "good", "care", "care", "bad", "bad"]);
});

test("how long it took is read at once", () => {
  expect([240, 3_200, 9_960, 87_400, 2_345_000].map(duration)).toEqual([
    "0.2 ms",
    "3.2 ms",
    "10.0 ms",
    "87 ms",
    "2.35 s",
  ]);
});

test("a body is laid out; what was cut off, and what is none, stays as it is", () => {
  expect(pretty('{"sku":"•(4)","quantity":2}')).toBe('{\n  "sku": "•(4)",\n  "quantity": 2\n}');
  expect(pretty('{"lines":[{"sk…')).toBe('{"lines":[{"sk…');
  expect(pretty("(20 bytes)")).toBe("(20 bytes)");
});

test("codes have words, as far as they are known", () => {
  expect(toldOf("out_of_stock", zh)?.what).toBe("库存不够");
  expect(toldOf("never_heard", zh)).toBeUndefined();
  expect(toldOf(null, zh)).toBeUndefined();
});
