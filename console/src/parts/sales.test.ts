import { expect, test } from "vitest";
import type { Currency } from "../api/types";
import { currenciesOf, lined, type SalesRow, sumOf, timesOf } from "./sales";

const row = (more: Partial<SalesRow>, amount: number, currency: Currency = "CNY", margin = true): SalesRow => {
  const money = { amount, currency };
  return {
    ...more,
    orders: 1,
    quantity: 2,
    gross: money,
    refunded: { amount: 0, currency },
    net: money,
    margin: margin ? money : null,
  };
};

test("days at which nothing sold have a row, and stand beside the same place of the period before", () => {
  const period = { from: "2026-11-01", to: "2026-11-03" };
  const earlier = { from: "2026-10-29", to: "2026-10-31" };
  const both = { now: [row({ day: "2026-11-02" }, 500)], before: [row({ day: "2026-10-31" }, 300)] };
  const lines = lined(both, "day", [timesOf(period, "day"), timesOf(earlier, "day")], "CNY");
  expect(lines.map(({ key, now, before }) => [key, now.net.amount, before.net.amount])).toEqual([
    ["2026-11-01", 0, 0],
    ["2026-11-02", 500, 0],
    ["2026-11-03", 0, 300],
  ]);
});

test("SKUs stand with what sold most first, also those that sold before alone", () => {
  const both = { now: [row({ sku: "a" }, 1), row({ sku: "b" }, 9)], before: [row({ sku: "c" }, 4)] };
  expect(lined(both, "sku", [[], []], "CNY").map(({ key }) => key)).toEqual(["b", "a", "c"]);
});

test("a sum is of one currency, and knows no margin where a row knows none", () => {
  const rows = [row({}, 100), row({}, 50, "USD"), row({}, 7)];
  expect(currenciesOf(rows)).toEqual(["CNY", "USD"]);
  const own = rows.filter(({ net }) => net.currency === "CNY");
  expect(sumOf(own, "CNY")).toMatchObject({ orders: 2, quantity: 4, net: { amount: 107 }, margin: { amount: 107 } });
  expect(sumOf([...own, row({}, 1, "CNY", false)], "CNY").margin).toBeNull();
});

test("a day has its hours", () => {
  const hours = timesOf({ from: "2026-11-01", to: "2026-11-02" }, "hour");
  expect(hours).toHaveLength(48);
  expect([hours[0], hours.at(-1)]).toEqual(["2026-11-01T00:00", "2026-11-02T23:00"]);
});
