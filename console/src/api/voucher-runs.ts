/** Runs of vouchers, and their codes as a file. */

import { guarded } from "../session/door";
import { api } from "./client";
import { asProblem, ProblemError, take } from "./problem";

export type PrintFormat = "csv" | "xlsx" | "pdf";

export const runs = {
  list: (query: { limit: number; after?: string }) => take(api.GET("/v1/voucher-runs", { params: { query } })),
  stop: (id: string) => take(api.POST("/v1/voucher-runs/{id}/stop", { params: { path: { id } } })),
};

/** The codes in clear; that they were taken is recorded. */
export async function codesOf(id: string, body: { format: PrintFormat; from?: number }): Promise<Blob> {
  const headers = { "content-type": "application/json" };
  const request = new Request(`/v1/voucher-runs/${id}/file`, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await guarded(request);
  if (!answer.ok) throw new ProblemError(asProblem(await answer.json().catch(() => undefined)));
  return answer.blob();
}
