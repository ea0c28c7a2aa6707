/** How fast SKUs sell, for how many days their stock lasts, and when their codes expire. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Stock } from "../api/types";
import type { Listed } from "../kit/list-page";
import type { Wanted } from "../lib/address";

export type Pace = Pick<Stock, "days_left_7" | "days_left_30">;

export const loadStock = (wanted: Wanted): Promise<Listed<Stock>> =>
  take(api.GET("/v1/stock", { params: { query: cursor(wanted) } }));

export const useExpiries = (sku: string | undefined) =>
  useQuery({
    queryKey: ["expiries", sku],
    queryFn: () => take(api.GET("/v1/skus/{id}/expiries", { params: { path: { id: sku ?? "" } } })),
    enabled: !!sku,
  });
