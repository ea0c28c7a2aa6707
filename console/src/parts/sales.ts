/** What sold, as the reports tell it: rows of one kind of key, their sum, and rows for times at which nothing sold. */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "../api/client";
import { take } from "../api/problem";
import type { Currency, Money } from "../api/types";
import { writeQuery } from "../lib/address";
import { daysOf, type Period } from "../lib/period";
import { days } from "../lib/time";
import { useCan, useMerchant } from "../session/context";
import { selected } from "../session/place";

export const WAYS = ["day", "hour", "sku", "channel"] as const;

export type By = (typeof WAYS)[number];

export interface Sums {
  orders: number;
  quantity: number;
  gross: Money;
  refunded: Money;
  net: Money;
  /** After what is known of cost; not told to whoever may not see costs. */
  margin: Money | null;
}

export type SalesRow = Sums & Partial<Record<By, string>>;

export const MEASURES = ["net", "gross", "refunded", "margin", "orders", "quantity"] as const;

export type Measure = (typeof MEASURES)[number];

/** A measure as one whole number: minor units, or pieces. */
export function numberOf(sums: Sums | undefined, measure: Measure): number {
  const value = sums?.[measure];
  return typeof value === "number" ? value : (value?.amount ?? 0);
}

const nothing = (currency: Currency): Sums => {
  const none = { amount: 0, currency };
  return { orders: 0, quantity: 0, gross: none, refunded: none, net: none, margin: none };
};

const plus = (a: Money, b: Money): Money => ({ amount: a.amount + b.amount, currency: a.currency });

/** The sum of rows of one currency. Where a margin is unknown, so is the sum's. */
export function sumOf(rows: readonly Sums[], currency: Currency): Sums {
  return rows.reduce(
    (sum, row) => ({
      orders: sum.orders + row.orders,
      quantity: sum.quantity + row.quantity,
      gross: plus(sum.gross, row.gross),
      refunded: plus(sum.refunded, row.refunded),
      net: plus(sum.net, row.net),
      margin: sum.margin && row.margin && plus(sum.margin, row.margin),
    }),
    nothing(currency),
  );
}

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

interface Both {
  now: readonly SalesRow[];
  before: readonly SalesRow[];
}

/** Rows of both periods side by side: times by their place in the period, everything else by its key, most first. */
export function lined({ now, before }: Both, by: By, times: [string[], string[]], currency: Currency): Line[] {
  const own = (rows: readonly SalesRow[]) => {
    const of = rows.filter(row => row.net.currency === currency);
    return new Map(of.map(row => [row[by] ?? "", row] as const));
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

const load = (period: Period, by: By, zone: string) =>
  take(call<{ data: SalesRow[] }>("GET", `/v1/reports/sales${writeQuery({ ...days(period, zone), by })}`));

export function useSales(period: Period, by: By) {
  const { zone } = useMerchant();
  const can = useCan();
  return useQuery({
    queryKey: ["reports", selected(), by, period],
    queryFn: async () => (await load(period, by, zone)).data,
    placeholderData: keepPreviousData,
    enabled: can("orders:read"),
  });
}
