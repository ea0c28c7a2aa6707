import { expect, test } from "vitest";
import { day, days, instant, local, offsetName, short, whole } from "./time";

const at = "2026-11-29T17:22:04.760271Z";

test("the shop's clock", () => {
  expect(whole(at, "Asia/Shanghai")).toBe("2026-11-30 01:22:04");
  expect(local(at, "UTC")).toBe("2026-11-29T17:22");
  expect(day(at, "Asia/Shanghai")).toBe("2026-11-30");
});

test("the year is told when it is another one", () => {
  expect(short(at, "Asia/Shanghai", new Date("2026-12-01T00:00:00Z"))).toBe("11-30 01:22");
  expect(short(at, "Asia/Shanghai", new Date("2027-01-01T00:00:00Z"))).toBe("2026-11-30 01:22");
});

test.each(["Asia/Shanghai", "UTC", "America/New_York", "Asia/Kathmandu"])("there and back in %s", zone => {
  for (const wall of ["2026-11-29T00:00", "2026-07-01T23:59", "2026-03-08T12:00"]) {
    expect(local(instant(wall, zone) ?? "", zone)).toBe(wall);
  }
});

test("what is no time", () => expect(instant("soon", "UTC")).toBeUndefined());

test("how far a zone is ahead", () => expect(offsetName("Asia/Shanghai", new Date(at))).toBe("UTC+8"));

test.each([
  [{}, {}],
  [{ from: "2026-11-30" }, { from: "2026-11-29T16:00:00.000Z" }],
  [{ to: "2026-11-30" }, { to: "2026-11-30T16:00:00.000Z" }],
  [
    { from: "2026-12-31", to: "2026-12-31" },
    { from: "2026-12-30T16:00:00.000Z", to: "2026-12-31T16:00:00.000Z" },
  ],
  [{ from: "never", to: "never" }, {}],
])("%j are days of the shop's calendar", (asked, times) => {
  expect(days(asked, "Asia/Shanghai")).toEqual(times);
});
