/** Today's numbers, of the newest orders; and what wants somebody's attention. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { CodeImport, Money, Order } from "../api/types";
import { sums } from "../lib/money";
import { day } from "../lib/time";
import { useCan, useMerchant } from "../session/context";

/** The API has no sums; so many of the newest orders are looked at, and more than that is said to be more. */
const NEWEST = 200;

export interface Today {
  orders: number;
  received: Money[];
  refunded: Money[];
  waiting: number;
  delivered: number;
  /** There may be more than what was looked at. */
  more: boolean;
}

export function today(newest: readonly Order[], zone: string, now: Date, cut: boolean): Today {
  const of = newest.filter(order => day(order.created_at, zone) === day(now, zone));
  return {
    orders: of.length,
    received: sums(of.map(order => order.received)),
    refunded: sums(of.map(order => order.returned)),
    waiting: of.filter(order => order.state === "pending_payment").length,
    delivered: of.filter(order => order.state === "delivered").length,
    more: cut && of.length === newest.length,
  };
}

export function useNewestOrders() {
  const can = useCan();
  const { zone } = useMerchant();
  const asked = useQuery({
    queryKey: ["orders", "newest"],
    queryFn: () => take(api.GET("/v1/orders", { params: { query: { limit: NEWEST } } })),
    enabled: can("orders:read"),
    refetchInterval: 30_000,
  });
  const page = asked.data && "data" in asked.data ? asked.data : undefined;
  return { ...asked, newest: page?.data ?? [], today: page && today(page.data, zone, new Date(), !!page.next) };
}

export interface ImportAlarms {
  questions: number;
  doubts: number;
  failed: number;
}

export const importAlarms = (imports: readonly CodeImport[]): ImportAlarms => ({
  questions: imports.filter(one => one.state === "needs_decision").length,
  doubts: imports.filter(one => one.doubts_open > 0 && one.state === "done").length,
  failed: imports.filter(one => one.state === "failed").length,
});

export function useImportAlarms(): ImportAlarms | undefined {
  const can = useCan();
  const { data } = useQuery({
    queryKey: ["imports", "newest"],
    queryFn: () => take(api.GET("/v1/code-imports", { params: { query: { limit: 50 } } })),
    enabled: can("codes:import"),
  });
  return data && importAlarms(data.data);
}
