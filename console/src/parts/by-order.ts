/** Payments and refunds as lists. The API tells them by order only, so a page of them is that of a page of orders. */

import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Order, Payment, Refund } from "../api/types";
import type { Listed } from "../kit/list-page";
import type { Wanted } from "../lib/address";

async function ofOrders<T>(
  wanted: Wanted,
  has: (order: Order) => boolean,
  rows: (id: string) => Promise<T[]>,
): Promise<Listed<T>> {
  const answer = await take(api.GET("/v1/orders", { params: { query: cursor(wanted) } }));
  const page = "data" in answer ? answer : { data: [answer], next: null };
  const all = await Promise.all(page.data.filter(has).map(order => rows(order.id)));
  return { data: all.flat(), next: page.next ?? null };
}

const path = (id: string) => ({ params: { path: { id } } });

export const payments = (wanted: Wanted): Promise<Listed<Payment>> =>
  ofOrders(
    wanted,
    () => true,
    async id => (await take(api.GET("/v1/orders/{id}/payments", path(id)))).data,
  );

export const refunds = (wanted: Wanted): Promise<Listed<Refund>> =>
  ofOrders(
    wanted,
    order => order.returned.amount > 0 || order.refunded.amount > 0,
    async id => (await take(api.GET("/v1/orders/{id}/refunds", path(id)))).data,
  );
