/** What a text may mean: an id leads to its page, everything else the API looks for. Nothing typed goes into the address. */

import { api } from "../api/client";
import { take } from "../api/problem";
import { pageOf, prefix } from "../lib/ids";

export interface Found {
  kind: string;
  id: string;
  title: string;
  path: string;
}

const KINDS: Record<string, string> = {
  ord: "order",
  pay: "payment",
  rfd: "refund",
  prd: "product",
  sku: "sku",
  imp: "import",
  bat: "batch",
  byr: "buyer",
  acc: "account",
  trf: "transfer",
  req: "request",
  vch: "voucher",
  sto: "store",
};

export async function search(text: string, can: (scope: string) => boolean): Promise<Found[]> {
  const path = pageOf(text);
  if (path) return [{ kind: KINDS[prefix(text) ?? ""] ?? "page", id: text, title: text, path }];
  if (!can("orders:read")) return [];
  const { data } = await take(api.POST("/v1/search", { body: { q: text } }));
  return data.flatMap(hit => withPage(hit));
}

/** What was found with its page; a code has none, its order or its batch is found beside it. */
export function withPage(hit: Omit<Found, "path">): Found[] {
  const path = pageOf(hit.id);
  return path ? [{ ...hit, path }] : [];
}
