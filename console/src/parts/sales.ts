/** What sold, as the reports tell it: rows of one kind of key, their sum, and rows for times at which nothing sold. */

import { type QueryKey, useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { paths } from "../api/schema";
import type { Currency, Money, SalesReport, SalesRow } from "../api/types";
import { daysOf, type Period } from "../lib/period";
import { local } from "../lib/time";
import { selected } from "../session/place";

export const WAYS = ["day", "hour", "sku", "channel"] as const;

export type By = (typeof WAYS)[number];

export type Sums = Pick<
  SalesRow,
  "orders" | "quantity" | "gross" | "refunded" | "net" | "margin" | "without_cost" | "name"
>;

export const MEASURES = ["net", "gross", "refunded", "margin", "orders", "quantity"] as const;

export type Measure = (typeof MEASURES)[number];

/** A measure as one whole number: minor units, or pieces. */
export function numberOf(sums: Sums | undefined, measure: Measure): number {
  const value = sums?.[measure];
  return typeof value === "number" ? value : (value?.amount ?? 0);
}

const nothing = (currency: Currency): Sums => {
  const none: Money = { amount: 0, currency };
  return { orders: 0, quantity: 0, gross: none, refunded: none, net: none, margin: none, without_cost: 0 };
};

/** The sum of a currency; an order of two SKUs counts once in it. */
export const sumOf = ({ totals }: Pick<SalesReport, "totals">, currency: Currency): Sums =>
  totals.find(({ net }) => net.currency === currency) ?? nothing(currency);

/** The currencies that rows are in, the one with most orders first. */
export function currenciesOf(rows: readonly Sums[]): Currency[] {
  const orders = new Map<Currency, number>();
  for (const { net, orders: n } of rows) orders.set(net.currency, (orders.get(net.currency) ?? 0) + n);
  return [...orders].sort(([, a], [, b]) => b - a).map(([currency]) => currency);
}

/** The keys of a period that a time line has, whether anything sold then or not. */
export function timesOf(period: Period, by: "day" | "hour"): string[] {
  if (by === "day") return daysOf(period);
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
  return daysOf(period).flatMap(day => hours.map(hour => `${day}T${hour}:00`));
}

export interface Line {
  key: string;
  now: Sums;
  before: Sums;
}

interface Of {
  currency: Currency;
  zone: string;
}

interface Both {
  now: readonly SalesRow[];
  before: readonly SalesRow[];
}

/** What a row is of, as it is looked up by; an hour as the shop's clock shows it. */
export const keyOf = (row: SalesRow, by: By, zone: string): string =>
  by === "hour" && row.hour ? local(row.hour, zone) : (row[by] ?? "");

/** Rows of both periods side by side: times by their place in the period, everything else by its key, most first. */
export function lined({ now, before }: Both, by: By, times: [string[], string[]], of: Of): Line[] {
  const { currency, zone } = of;
  const own = (rows: readonly SalesRow[]) => {
    const wanted = rows.filter(row => row.net.currency === currency);
    return new Map(wanted.map(row => [keyOf(row, by, zone), row] as const));
  };
  const [first, second] = [own(now), own(before)];
  const line = (key: string, was: string): Line => ({
    key,
    now: first.get(key) ?? nothing(currency),
    before: second.get(was) ?? nothing(currency),
  });
  if (by === "day" || by === "hour") return times[0].map((key, place) => line(key, times[1][place] ?? ""));
  const keys = new Set([...first.keys(), ...second.keys()]);
  return [...keys].map(key => line(key, key)).sort((a, b) => b.now.net.amount - a.now.net.amount);
}

/** What a report is narrowed to. */
export interface Only {
  sku?: string;
  channel?: string;
}

type Query = NonNullable<paths["/v1/reports/sales"]["get"]["parameters"]["query"]>;

/** A report of a period, which may end at a time within its last day. */
export function useSales(period: Period, by: By, only: Only = {}, enabled = true) {
  const query = { ...period, ...only, by } as Query;
  return useQuery({
    queryKey: ["reports", selected(), query],
    queryFn: () => take(api.GET("/v1/reports/sales", { params: { query } })),
    // Rows of days are none of SKUs, and stand in for no others.
    placeholderData: (last, asked) => (sameWay(asked?.queryKey, by) ? last : undefined),
    enabled,
  });
}

const sameWay = (key: QueryKey | undefined, by: By): boolean => (key?.[2] as Query | undefined)?.by === by;

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;

/** The period before one that goes on today ends at the same time of its last day, so that like is compared with like. */
export function sameTime(earlier: Period, days: number, now: number): Period {
  const quarter = Math.ceil(now / QUARTER_MS) * QUARTER_MS;
  return { from: earlier.from, to: new Date(quarter - days * DAY_MS).toISOString() };
}
