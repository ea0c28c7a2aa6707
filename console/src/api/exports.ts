/** Lists as files: what can be taken, and what was asked for. */

import type { ExportList } from "../lib/export";
import { call } from "./client";
import { take } from "./problem";

export interface ListExport {
  id: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled" | "expired";
  list: string;
  format: "csv" | "xlsx";
  filter: Record<string, string>;
  columns: string[];
  rows: number;
  bytes: number;
  file_url: string | null;
  problem: string | null;
  detail: string | null;
  created_at: string;
  ended_at: string | null;
  kept_until: string | null;
}

export interface NewExport {
  list: string;
  format: ListExport["format"];
  filter: Record<string, string>;
  columns?: string[];
}

const PATH = "/v1/exports";

export const exportable = () => take(call<{ data: ExportList[] }>("GET", "/v1/export-lists"));

export const askForFile = (body: NewExport) => take(call<ListExport>("POST", PATH, body));

export const newestExports = (limit: number, after?: string) =>
  take(
    call<{ data: ListExport[]; next: string | null }>("GET", `${PATH}?limit=${limit}${after ? `&after=${after}` : ""}`),
  );

export const cancelExport = (id: string) => take(call<ListExport>("POST", `${PATH}/${id}/cancel`, {}));

/** Where its file is from now on; for ten minutes, and for who asked alone. */
export async function fileOf(id: string): Promise<string | null> {
  return (await take(call<ListExport>("GET", `${PATH}/${id}`))).file_url;
}

export const isOpen = ({ state }: ListExport): boolean => state === "waiting" || state === "running";
