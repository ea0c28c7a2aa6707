/** Why something was done: beside what it did, or inside of what came of it. */

import type { AuditEntry } from "../api/types";

export function reasonOf({ reason, data }: Pick<AuditEntry, "reason" | "data">): string | undefined {
  if (reason) return reason;
  const inside = Object.values(data as Record<string, unknown>).map(
    one => (one as { reason?: unknown } | null)?.reason,
  );
  return inside.find(one => typeof one === "string");
}
