/** Lists as files: what can be taken, and what was asked for. */

import { api } from "./client";
import { take } from "./problem";
import type { ListExport, NewListExport } from "./types";

export const exportable = () => take(api.GET("/v1/export-lists"));

/** Filters are whatever a list takes, which the document cannot say. */
type Filtered = Omit<NewListExport, "filter"> & { filter: Record<string, string> };

export const askForFile = (body: Filtered) => take(api.POST("/v1/exports", { body: body as NewListExport }));

export const newestExports = (limit: number, after?: string) =>
  take(api.GET("/v1/exports", { params: { query: { limit, ...(after && { after }) } } }));

export const cancelExport = (id: string) => take(api.POST("/v1/exports/{id}/cancel", { params: { path: { id } } }));

/** Where its file is from now on; for ten minutes, and for who asked alone. */
export const fileOf = async (id: string) =>
  (await take(api.GET("/v1/exports/{id}", { params: { path: { id } } }))).file_url;

export const isOpen = ({ state }: ListExport): boolean => state === "waiting" || state === "running";
