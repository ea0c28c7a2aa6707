/** The operations of the API, as its own document lists them. */

import { useQuery } from "@tanstack/react-query";
import { call } from "../api/client";
import { take } from "../api/problem";

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  tag: string;
}

interface Described {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
}

export interface ApiDocument {
  info: { version: string };
  paths: Record<string, Record<string, Described>>;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

/** All operations by path, then by method as they are usually read. */
export const operationsOf = ({ paths }: ApiDocument): Operation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap(method => {
      const told = item[method];
      if (!told) return [];
      const summary = (told.summary ?? told.description ?? "").split(/\.\s|\n\n/)[0] ?? "";
      return [{ id: told.operationId ?? "", method: method.toUpperCase(), path, summary, tag: told.tags?.[0] ?? "" }];
    }),
  );

/** Those in which every word of a text stands, in the order of the document, by their part of the API. */
export function byTag(operations: readonly Operation[], text: string): [string, Operation[]][] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const tags = new Map<string, Operation[]>();
  for (const one of operations) {
    const all = `${one.method} ${one.path} ${one.summary} ${one.tag}`.toLowerCase();
    if (words.every(word => all.includes(word))) tags.set(one.tag, [...(tags.get(one.tag) ?? []), one]);
  }
  // What is asked by machines stands behind everything else.
  return [...tags].sort(([a], [b]) => Number(a === "health") - Number(b === "health"));
}

export const useDocument = () =>
  useQuery({
    queryKey: ["openapi"],
    queryFn: () => take(call<ApiDocument>("GET", "/openapi.json")),
    staleTime: Number.POSITIVE_INFINITY,
  });
