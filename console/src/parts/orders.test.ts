import { expect, test } from "vitest";
import { between } from "./orders";

test.each([
  [{}, {}],
  [{ from: "2026-11-30" }, { created_from: "2026-11-29T16:00:00.000Z" }],
  [{ to: "2026-11-30" }, { created_before: "2026-11-30T16:00:00.000Z" }],
  [
    { from: "2026-12-31", to: "2026-12-31" },
    { created_from: "2026-12-30T16:00:00.000Z", created_before: "2026-12-31T16:00:00.000Z" },
  ],
  [{ from: "never" }, {}],
])("%j are days of the shop's calendar", (days, times) => {
  expect(between(days, "Asia/Shanghai")).toEqual(times);
});
