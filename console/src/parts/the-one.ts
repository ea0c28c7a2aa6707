/** A kind of which each shop has one: it has no id, everything else is as of any resource. */

import { useQuery } from "@tanstack/react-query";
import { call } from "../api/client";
import { take } from "../api/problem";
import type { Resource } from "../lib/resource";

export function useTheOne(plural: string) {
  const read = () => take(call<Resource>("GET", `/v1/${plural}`));
  return useQuery({ queryKey: ["the-one", plural], queryFn: read });
}

/** Refused when somebody changed it since this version. */
export const editTheOne = (plural: string, version: number, body: object) =>
  take(call<Resource>("PATCH", `/v1/${plural}`, body, { "if-match": `"${version}"` }));
