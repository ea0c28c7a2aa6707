/** When else than by its time a voucher is redeemed, in words: hours of the week, and the least bill. */

import type { Sku } from "../api/types";
import { written } from "../lib/money";
import type { Words } from "../words";

export function rulesOf(
  { hours, min_spend }: Pick<Sku, "hours" | "min_spend">,
  { vouchers, kit }: Pick<Words, "vouchers" | "kit">,
): string[] {
  const { hoursOf, minSpendOf, weekdays } = vouchers;
  const told = (hours ?? []).map(({ days, from, until }) => hoursOf(daysTold(days, weekdays, kit.comma), from, until));
  // What cannot be read as money yet is none.
  const least = min_spend && typeof min_spend === "object" ? [minSpendOf(written(min_spend))] : [];
  return [...told, ...least];
}

/** `周一至周五` would be wrong for some of them, so only days that follow each other are one part. */
function daysTold(days: readonly number[], names: readonly string[], comma: string): string {
  const parts: [number, number][] = [];
  for (const day of days.toSorted((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && day === last[1] + 1) last[1] = day;
    else parts.push([day, day]);
  }
  const name = (day: number) => names[day - 1] ?? "";
  return parts.map(([from, to]) => (from === to ? name(from) : `${name(from)}–${name(to)}`)).join(comma);
}
