import { expect, test } from "vitest";
import { monthsFrom } from "./calendar";

test("months follow each other over the year, each in weeks from Monday on", () => {
  const months = monthsFrom("2026-11-29", 90);
  expect(months.map(({ month }) => month)).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
  const [november, , , february] = months;
  expect(november?.weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, "2026-11-01"]);
  expect(november?.weeks.at(-1)?.slice(0, 2)).toEqual(["2026-11-30", undefined]);
  expect(february?.weeks.flat()).toHaveLength(28);
  for (const { month, weeks } of months) {
    expect(weeks.every(week => week.length === 7)).toBe(true);
    const days = weeks.flat().filter(day => day !== undefined);
    expect(days[0]).toBe(`${month}-01`);
    expect(new Set(days).size).toBe(days.length);
  }
});

test("a leap day stands in its month, and a day that is none gives no month", () => {
  expect(monthsFrom("2028-02-29", 0)[0]?.weeks.flat()).toContain("2028-02-29");
  expect(monthsFrom("", 90)).toEqual([]);
});
