import { expect, test } from "vitest";
import { asked } from "./money-lists";

test("days are asked as instants of the shop's clock, an amount as minor units", () => {
  const filters = { state: "failed", from: "2026-11-29", to: "2026-11-29", amount: "¥1,280" };
  expect(asked({ filters, sort: "created_at", after: "c" }, "Asia/Shanghai")).toEqual({
    state: "failed",
    limit: "20",
    after: "c",
    sort: "created_at",
    created_from: "2026-11-28T16:00:00.000Z",
    created_before: "2026-11-29T16:00:00.000Z",
    currency: "CNY",
    amount_from: "128000",
    amount_to: "128000",
  });
});

test.each([
  ["19.90", "1990"],
  ["19.90USD", "1990"],
  ["1990JPY", "1990"],
])("%s is so much of the smallest unit of its currency", (amount, minor) =>
  expect(asked({ filters: { amount } }, "UTC")).toMatchObject({ amount_from: minor, amount_to: minor }),
);

test("what is no amount finds nothing, and isn't left out", () => {
  expect(asked({ filters: { amount: "lots" } }, "UTC")).toBeUndefined();
  expect(asked({ filters: { amount: "-1" } }, "UTC")).toBeUndefined();
  expect(asked({ filters: { amount: "1.5JPY" } }, "UTC")).toBeUndefined();
});
