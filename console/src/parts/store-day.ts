/** A store's day: what was redeemed there, summed up by SKU. What was taken back counts for nothing. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { HowMuch, Money, Redemption } from "../api/types";
import { csv } from "../lib/csv";
import { plain, sums } from "../lib/money";
import { days, whole } from "../lib/time";
import { useMerchant } from "../session/context";
import type { Words } from "../words";

export interface DayRow {
  sku: string;
  times: number;
  uses: number;
  money: Money[];
  reversed: number;
}

/** Redemptions by SKU, that with the most of them first. */
export function byDay(redemptions: readonly Redemption[]): DayRow[] {
  const rows = new Map<string, Redemption[]>();
  for (const one of redemptions) rows.set(one.sku, [...(rows.get(one.sku) ?? []), one]);
  return [...rows].map(([sku, all]) => ({ sku, ...sumOf(all) })).sort((a, b) => b.times - a.times);
}

export function sumOf(redemptions: readonly Redemption[]): Omit<DayRow, "sku"> {
  const taken = redemptions.filter(one => !one.reversed_at).map(one => one.taken);
  return {
    times: taken.length,
    uses: taken.reduce<number>((sum, much) => sum + (typeof much === "number" ? much : 0), 0),
    money: sums(taken.filter(isMoney)),
    reversed: redemptions.length - taken.length,
  };
}

const isMoney = (much: HowMuch): much is Money => typeof much !== "number";

export interface Day {
  redemptions: Redemption[];
  /** So many were read, and there are more. */
  cut?: number;
}

const PAGE = 200;
const PAGES = 25;

type Load = (after: string | undefined) => Promise<{ data: Redemption[]; next?: string | null }>;

/** Those of a day, out of a list from the newest on: it is read until the day begins, or there is too much of it. */
export async function readDay(load: Load, { from, to }: { from: string; to: string }): Promise<Day> {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const found: Redemption[] = [];
  let after: string | undefined;
  let read = 0;
  for (let page = 0; page < PAGES; page += 1) {
    const { data, next } = await load(after);
    read += data.length;
    found.push(...data.filter(({ at }) => Date.parse(at) >= begin && Date.parse(at) < end));
    const last = data.at(-1);
    if (!next || !last || Date.parse(last.at) < begin) return { redemptions: found };
    after = next;
  }
  return { redemptions: found, cut: read };
}

/** Redemptions of a store on a day of the shop's calendar. */
export function useStoreDay(store: string, day: string) {
  const { zone } = useMerchant();
  const { from = "", to = "" } = days({ from: day, to: day }, zone);
  const load: Load = after =>
    take(
      api.GET("/v1/redemptions", {
        params: {
          query: { store, created_from: from, created_before: to, limit: PAGE, ...(after && { after }) },
        },
      }),
    );
  return useQuery({ queryKey: ["redemptions", "day", store, day], queryFn: () => readDay(load, { from, to }) });
}

/** The day as a file: a row a redemption, in its order of time. */
export function dayCsv(
  { redemptions }: Day,
  { zone, store, nameOf }: { zone: string; store: string; nameOf: (sku: string) => string },
  { vouchers, kit }: Pick<Words, "vouchers" | "kit">,
): string {
  const head = [
    ...[vouchers.at, vouchers.store, vouchers.sku, vouchers.usesSum, vouchers.amountSum, kit.currency],
    ...[vouchers.reversed, vouchers.voucher, vouchers.redemption],
  ];
  const rows = redemptions.toReversed().map(one => {
    const { taken } = one;
    const much = typeof taken === "number" ? [taken, "", ""] : ["", plain(taken), taken.currency];
    const back = one.reversed_at ? whole(one.reversed_at, zone) : "";
    return [whole(one.at, zone), store, nameOf(one.sku), ...much, back, one.voucher, one.id];
  });
  return csv([head, ...rows]);
}
