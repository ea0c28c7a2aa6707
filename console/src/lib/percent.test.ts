import { expect, test } from "vitest";
import { basisPoints, percent, percentPlain } from "./percent";

test.each([
  [0, "0.00"],
  [5, "0.05"],
  [60, "0.60"],
  [290, "2.90"],
  [10_000, "100.00"],
])("%i basis points stand as %s, and are read back", (points, text) => {
  expect(percentPlain(points)).toBe(text);
  expect(percent(points)).toBe(`${text}%`);
  expect(basisPoints(text)).toBe(points);
});

test("what people type is understood", () => {
  expect(["0.6", "0.6%", " ０．６０ ％ ", "2.9", "3", "100"].map(basisPoints)).toEqual([60, 60, 60, 290, 300, 10_000]);
});

test("what is no rate, too fine or more than all is not taken", () => {
  expect(["", "-1", "0.605", "100.01", "1.", ".6", "six", "0,6"].map(basisPoints)).toEqual(Array(8).fill(undefined));
});
