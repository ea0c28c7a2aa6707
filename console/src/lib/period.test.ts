import { expect, test } from "vitest";
import { before, change, daysOf, lengthOf, periodOf, presets } from "./period";

const TODAY = "2026-03-01";

test("a period is compared with one as long that ends where it begins", () => {
  expect(before({ from: "2026-03-01", to: "2026-03-07" })).toEqual({ from: "2026-02-22", to: "2026-02-28" });
  expect(before({ from: "2026-03-01", to: "2026-03-01" })).toEqual({ from: "2026-02-28", to: "2026-02-28" });
});

test("presets are whole days of the calendar", () => {
  const all = presets(TODAY);
  expect(all.last_month).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(all.this_month).toEqual({ from: TODAY, to: TODAY });
  expect(lengthOf(all.month)).toBe(30);
  expect(daysOf(all.week)).toHaveLength(7);
  expect(daysOf(all.week).at(-1)).toBe(TODAY);
});

test.each([
  [{}, presets(TODAY).month],
  [
    { from: "2026-02-01", to: "2026-02-03" },
    { from: "2026-02-01", to: "2026-02-03" },
  ],
  [{ from: "2026-02-01" }, { from: "2026-02-01", to: TODAY }],
  [
    { from: "2026-02-03", to: "2026-02-01" },
    { from: "2026-02-03", to: TODAY },
  ],
  [{ from: "2026-02-30x", to: "now" }, presets(TODAY).month],
])("an address asks for %j", (asked, wanted) => expect(periodOf(asked, TODAY)).toEqual(wanted));

test.each([
  [150, 100, 50],
  [50, 100, -50],
  [0, 100, -100],
  [5, 0, undefined],
  [-50, -100, 50],
])("from %i to %i", (now, was, percent) => expect(change(now, was)).toBe(percent));
