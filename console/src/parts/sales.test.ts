import { expect, test } from "vitest";
import type { Currency, SalesRow } from "../api/types";
import { currenciesOf, lined, sameTime, sumOf, timesOf } from "./sales";

const OF = { currency: "CNY", zone: "Asia/Shanghai" } as const;

const row = (more: Partial<SalesRow>, amount: number, currency: Currency = "CNY"): SalesRow => {
  const money = { amount, currency };
  return {
    orders: 1,
    quantity: 2,
    returned: 0,
    gross: money,
    refunded: { amount: 0, currency },
    net: money,
    margin: money,
    ...more,
  };
};

test("days at which nothing sold have a row, and stand beside the same place of the period before", () => {
  const period = { from: "2026-11-01", to: "2026-11-03" };
  const earlier = { from: "2026-10-29", to: "2026-10-31" };
  const both = { now: [row({ day: "2026-11-02" }, 500)], before: [row({ day: "2026-10-31" }, 300)] };
  const lines = lined(both, "day", [timesOf(period, "day"), timesOf(earlier, "day")], OF);
  expect(lines.map(({ key, now, before }) => [key, now.net.amount, before.net.amount])).toEqual([
    ["2026-11-01", 0, 0],
    ["2026-11-02", 500, 0],
    ["2026-11-03", 0, 300],
  ]);
});

test("SKUs stand with what sold most first, also those that sold before alone", () => {
  const both = { now: [row({ sku: "a" }, 1), row({ sku: "b" }, 9)], before: [row({ sku: "c" }, 4)] };
  expect(lined(both, "sku", [[], []], OF).map(({ key }) => key)).toEqual(["b", "a", "c"]);
});

test("hours stand by the shop's clock", () => {
  const period = { from: "2026-11-29", to: "2026-11-29" };
  const both = { now: [row({ hour: "2026-11-29T01:00:00Z" }, 5)], before: [] };
  const lines = lined(both, "hour", [timesOf(period, "hour"), []], OF);
  expect(lines.filter(({ now }) => now.orders > 0).map(({ key }) => key)).toEqual(["2026-11-29T09:00"]);
});

test("a sum is of one currency; the currency with most orders stands first", () => {
  const totals = [row({}, 50, "USD"), row({ orders: 3 }, 107)];
  expect(currenciesOf(totals)).toEqual(["CNY", "USD"]);
  expect(sumOf({ totals }, "USD").net.amount).toBe(50);
  expect(sumOf({ totals }, "EUR")).toMatchObject({ orders: 0, net: { amount: 0, currency: "EUR" } });
});

test("a day that goes on is compared with the same part of the day before", () => {
  const earlier = { from: "2026-11-28", to: "2026-11-28" };
  const now = Date.parse("2026-11-29T09:07:00Z");
  expect(sameTime(earlier, 1, now)).toEqual({ from: "2026-11-28", to: "2026-11-28T09:15:00.000Z" });
});

test("a day has its hours", () => {
  const hours = timesOf({ from: "2026-11-01", to: "2026-11-02" }, "hour");
  expect(hours).toHaveLength(48);
  expect([hours[0], hours.at(-1)]).toEqual(["2026-11-01T00:00", "2026-11-02T23:00"]);
});
