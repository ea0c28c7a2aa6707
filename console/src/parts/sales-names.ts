/** What the keys of a report's rows are called, and where their orders, their refunds and more of them stand. */

import { writeQuery } from "../lib/address";
import type { Period } from "../lib/period";
import { useWords } from "../words";
import { useSkuName } from "./catalog";
import type { By, Only } from "./sales";

export function useKeyName(by: By): (key: string) => string {
  const { orders } = useWords();
  const skuName = useSkuName();
  if (by === "sku") return skuName;
  if (by === "channel") return key => (orders.channels as Record<string, string>)[key] ?? key;
  return key => key.slice(5).replace("T", " ");
}

/** A row of a report, or all of it where no key is named. */
export interface Row {
  period: Period;
  only: Only;
  by?: By;
  key?: string;
}

/** The time and what else it is narrowed to. */
function narrowed({ period, only, by, key }: Row): Period & Only {
  const day = (by === "day" || by === "hour") && key?.slice(0, 10);
  return {
    ...(day ? { from: day, to: day } : period),
    ...only,
    ...((by === "sku" || by === "channel") && { [by]: key }),
  };
}

export const ordersOf = (row: Row): string => `/orders${writeQuery({ ...narrowed(row) })}`;

/** Refunds are found by their day alone; those of a SKU or a channel stand at its orders. */
export function refundsOf(row: Row): string {
  const { sku, channel, ...time } = narrowed(row);
  return sku || channel ? ordersOf(row) : `/refunds${writeQuery({ ...time })}`;
}

/** The next look into a row: a day by its hours, a SKU or a channel by its days. */
export function insideOf(row: Row): string | undefined {
  if (row.by === "hour" || !row.key) return undefined;
  return `/reports${writeQuery({ ...narrowed(row), by: row.by === "day" ? "hour" : "day" })}`;
}
