/** A page of orders as the address wants it, or the one with the merchant's own number. */

import { api } from "../api/client";
import { cursor } from "../api/pages";
import { codeOf, take } from "../api/problem";
import type { paths } from "../api/schema";
import type { Order } from "../api/types";
import type { Filter } from "../kit/filters";
import type { Listed } from "../kit/list-page";
import type { Wanted } from "../lib/address";
import { days } from "../lib/time";
import { useWords } from "../words";
import { useCalled, useCatalog } from "./catalog";

type Asked = NonNullable<paths["/v1/orders"]["get"]["parameters"]["query"]>;

export async function loadOrders(wanted: Wanted, zone: string): Promise<Listed<Order>> {
  const { external_id, from: _, to: __, ...filters } = wanted.filters;
  const sort = wanted.sort && { sort: wanted.sort as Asked["sort"] };
  const times = days(wanted.filters, zone);
  const query = external_id
    ? { external_id }
    : {
        ...cursor(wanted),
        ...filters,
        ...(times.from && { created_from: times.from }),
        ...(times.to && { created_before: times.to }),
        ...sort,
      };
  try {
    const answer = await take(api.GET("/v1/orders", { params: { query: query as Asked } }));
    return "data" in answer ? answer : { data: [answer] };
  } catch (error) {
    if (external_id && codeOf(error) === "not_found") return { data: [] };
    throw error;
  }
}

/** By what orders are found: chosen on the page, or brought by links. */
export function useOrderFilters(): Filter[] {
  const { orders } = useWords();
  const { products } = useCatalog();
  const called = useCalled();
  const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
  return [
    { key: "state", label: orders.state, choices: choices(orders.states) },
    { key: "product", label: orders.goods, choices: products.map(one => ({ value: one.id, label: called(one) })) },
    { key: "channel", label: orders.channel, choices: choices(orders.channels) },
    { key: "from", label: orders.from, day: true },
    { key: "to", label: orders.to, day: true },
    { key: "external_id", label: orders.externalId, hint: orders.externalIdHint },
    { key: "sku", label: orders.sku, brought: true },
    { key: "buyer", label: orders.buyer, brought: true },
    { key: "batch", label: orders.batch, brought: true },
  ];
}
