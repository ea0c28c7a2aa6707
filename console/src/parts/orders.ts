/** A page of orders, or the one with the merchant's own number. */

import { api } from "../api/client";
import { cursor } from "../api/pages";
import { codeOf, take } from "../api/problem";
import type { Order } from "../api/types";
import type { Listed } from "../kit/list-page";
import type { Wanted } from "../lib/address";

export async function loadOrders(wanted: Wanted): Promise<Listed<Order>> {
  const { external_id, state } = wanted.filters;
  const filters = state ? { state: state as Order["state"] } : {};
  const query = external_id ? { external_id } : { ...cursor(wanted), ...filters };
  try {
    const answer = await take(api.GET("/v1/orders", { params: { query } }));
    return "data" in answer ? answer : { data: [answer] };
  } catch (error) {
    if (external_id && codeOf(error) === "not_found") return { data: [] };
    throw error;
  }
}
