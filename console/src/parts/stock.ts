/** How fast SKUs sell, for how many days their stock lasts, and when their codes expire. */

import { useQuery } from "@tanstack/react-query";
import { call } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Listed } from "../kit/list-page";
import { type Wanted, writeQuery } from "../lib/address";

export interface Pace {
  sold_7: number;
  sold_30: number;
  days_left_7: number | null;
  days_left_30: number | null;
}

export interface Stock extends Pace {
  sku: string;
  product: string;
  stock: number;
}

export interface Expiries extends Pace {
  sku: string;
  stock: number;
  /** A day as `2026-12-31`, or a month as `2027-04` where it is far away. */
  dates: { date: string; codes: number }[];
  without_date: number | null;
  complete: boolean;
}

export const loadStock = (wanted: Wanted): Promise<Listed<Stock>> =>
  take(call<Listed<Stock>>("GET", `/v1/stock${writeQuery({ ...cursor(wanted) })}`));

export const useExpiries = (sku: string | undefined) =>
  useQuery({
    queryKey: ["expiries", sku],
    queryFn: () => take(call<Expiries>("GET", `/v1/skus/${sku}/expiries`)),
    enabled: !!sku,
  });
