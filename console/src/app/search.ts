/**
 * What a text may mean. Until the API has a search of its own, ids are read by their prefix, and an order's own number,
 * a buyer's id and a code are each looked up. Nothing that was typed goes into the address.
 */

import { api } from "../api/client";
import { codeOf, take } from "../api/problem";
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
};

export async function search(text: string, can: (scope: string) => boolean): Promise<Found[]> {
  const path = pageOf(text);
  if (path) return [{ kind: KINDS[prefix(text) ?? ""] ?? "page", id: text, title: text, path }];
  const asked = [
    can("wallets:read") && buyer(text),
    can("codes:manage") && code(text),
    can("orders:read") && isNumber(text) && orderByNumber(text),
  ];
  const found = (await Promise.all(asked.filter(one => one !== false))).flat();
  // An order's own number goes in an address, so what may be a person's or a code's is not asked there.
  if (found.length > 0 || namesPerson(text) || !can("orders:read")) return found;
  return orderByOwnNumber(text);
}

/** Phones and mail addresses. */
export const namesPerson = (text: string): boolean => /@|^\+?[\d\s-]{8,}$/.test(text);

/** `M8KB-0PE7-15GM`, as an order's number is read aloud; hyphens and case don't count. */
export const isNumber = (text: string): boolean => /^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{4}$/i.test(text);

/** The API finds no order by its number yet: the newest are looked through. */
async function orderByNumber(text: string): Promise<Found[]> {
  const plain = (number: string) => number.replaceAll("-", "").toUpperCase();
  const answer = await take(api.GET("/v1/orders", { params: { query: { limit: 200 } } }));
  const newest = "data" in answer ? answer.data : [answer];
  const same = newest.filter(order => plain(order.number) === plain(text));
  return same.map(order => ({ kind: "order", id: order.id, title: order.number, path: `/orders/${order.id}` }));
}

async function orderByOwnNumber(text: string): Promise<Found[]> {
  const order = await ifThere(take(api.GET("/v1/orders", { params: { query: { external_id: text } } })));
  return order && "id" in order
    ? [{ kind: "order", id: order.id, title: order.number, path: `/orders/${order.id}` }]
    : [];
}

async function buyer(text: string): Promise<Found[]> {
  const found = await ifThere(take(api.POST("/v1/buyers/lookup", { body: { external_id: text } })));
  return found ? [{ kind: "buyer", id: found.id, title: text, path: `/wallets/${found.id}` }] : [];
}

async function code(text: string): Promise<Found[]> {
  const found = await ifThere(take(api.POST("/v1/codes/lookup", { body: { code: text } })));
  if (!found) return [];
  const path = found.order ? `/orders/${found.order}` : `/batches/${found.batch}`;
  return [{ kind: "code", id: found.id, title: found.id, path }];
}

const MISSES = new Set(["not_found", "invalid", "code_ambiguous"]);

async function ifThere<T>(coming: Promise<T>): Promise<T | undefined> {
  try {
    return await coming;
  } catch (error) {
    if (MISSES.has(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}
