/** What the keys of a report's rows are called, and where their orders and refunds stand. */

import { writeQuery } from "../lib/address";
import type { Period } from "../lib/period";
import { useWords } from "../words";
import { useSkuName } from "./catalog";
import type { By } from "./sales";

export function useKeyName(by: By): (key: string) => string {
  const { orders } = useWords();
  const skuName = useSkuName();
  if (by === "sku") return skuName;
  if (by === "channel") return key => (orders.channels as Record<string, string>)[key] ?? key;
  return key => (by === "hour" ? key.slice(5).replace("T", " ") : key.slice(5));
}

/** The orders of a row, or of all rows where no key is named. */
export function ordersOf(period: Period, by?: By, key?: string, more: Record<string, string> = {}): string {
  const { from, to } = by === "day" || by === "hour" ? dayOf(key, period) : period;
  return `/orders${writeQuery({ from, to, ...((by === "sku" || by === "channel") && { [by]: key }), ...more })}`;
}

/** The refunds of a row; those of a SKU or a channel are found at their orders. */
export function refundsOf(period: Period, by?: By, key?: string): string {
  if (by === "sku" || by === "channel") return ordersOf(period, by, key);
  const { from, to } = dayOf(key, period);
  return `/refunds${writeQuery({ from, to })}`;
}

function dayOf(key: string | undefined, period: Period): Period {
  const day = key?.slice(0, 10);
  return day ? { from: day, to: day } : period;
}
