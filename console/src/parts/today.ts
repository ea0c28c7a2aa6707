/** The day at a glance as the API sums it up, the newest orders, and imports that want somebody. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { CodeImport } from "../api/types";
import { useCan } from "../session/context";

const EVERY_MS = 30_000;
/** As many of the newest orders as the first page shows. */
const NEWEST = 8;

export function useOverview() {
  const can = useCan();
  return useQuery({
    queryKey: ["overview"],
    queryFn: () => take(api.GET("/v1/overview", {})),
    enabled: can("orders:read"),
    refetchInterval: EVERY_MS,
  });
}

export function useNewestOrders() {
  const can = useCan();
  const asked = useQuery({
    queryKey: ["orders", "newest"],
    queryFn: () => take(api.GET("/v1/orders", { params: { query: { limit: NEWEST } } })),
    enabled: can("orders:read"),
    refetchInterval: EVERY_MS,
  });
  return { ...asked, newest: asked.data && "data" in asked.data ? asked.data.data : [] };
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
