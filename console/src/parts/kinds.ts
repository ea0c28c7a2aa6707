/** Which kinds of resources there are, and the calls that all kinds have. */

import { useQuery } from "@tanstack/react-query";
import { call } from "../api/client";
import { codeOf, take } from "../api/problem";
import type { Listed } from "../kit/list-page";
import { type Wanted, writeQuery } from "../lib/address";
import type { Kind, Resource, Version } from "../lib/resource";
import { PAGES } from "../pages";

/** A program of before has none. */
async function load(): Promise<Kind[]> {
  try {
    return (await take(call<{ data: Kind[] }>("GET", "/v1/resources"))).data;
  } catch (error) {
    if (codeOf(error) === "not_found") return [];
    throw error;
  }
}

export function useKinds() {
  const { data, isPending, error } = useQuery({
    queryKey: ["kinds"],
    queryFn: load,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { kinds: data ?? [], isPending, error };
}

/** Where a kind is shown: on a page of its own, else in the table or form that every kind has; nowhere when it has neither. */
export function placeOf(kind: Kind): string | undefined {
  const own = PAGES.find(({ path }) => path === `/${kind.plural}`);
  if (own) return own.path;
  if (kind.single) return `/one/${kind.plural}`;
  return kind.operations.includes("list") ? `/r/${kind.plural}` : undefined;
}

const LIMIT = 20;

export const resources = {
  list: (plural: string, { filters, sort, after }: Wanted, limit = LIMIT) =>
    take(call<Listed<Resource>>("GET", `/v1/${plural}${writeQuery({ ...filters, sort, after, limit })}`)),
  get: (plural: string, id: string) => take(call<Resource>("GET", `/v1/${plural}/${id}`)),
  create: (plural: string, body: object) => take(call<Resource>("POST", `/v1/${plural}`, body)),
  /** Refused when somebody changed it since this version. */
  edit: (plural: string, { id, version }: Resource, body: object) =>
    take(call<Resource>("PATCH", `/v1/${plural}/${id}`, body, { "if-match": `"${version}"` })),
  put: (plural: string, { id }: Resource, verb: "archive" | "restore") =>
    take(call<Resource>("POST", `/v1/${plural}/${id}/${verb}`, {})),
  /** Of the one that a shop has of a kind without an id. */
  history: (plural: string, id: string | undefined, after?: string) =>
    take(call<Listed<Version>>("GET", `/v1/${plural}${id ? `/${id}` : ""}/history${writeQuery({ after })}`)),
};
