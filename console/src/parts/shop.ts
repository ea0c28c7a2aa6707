/** The shop's own pages, on this host: where a buyer sees what is edited here. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Shop } from "../api/types";
import { useCan } from "../session/context";

/** What buyers see of the shop; nothing as long as it isn't known. */
export function useShopData(): Shop | undefined {
  const can = useCan();
  const { data } = useQuery({
    queryKey: ["shop"],
    queryFn: () => take(api.GET("/v1/shop")),
    staleTime: 60_000,
    enabled: can("catalog:read"),
  });
  return data;
}

/** The path of the shop; nothing as long as it isn't known. */
export function useShop(): string | undefined {
  const data = useShopData();
  return data && new URL(data.url).pathname;
}
