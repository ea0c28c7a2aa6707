/** Buyers and their wallets; found by the merchant's own id, which never stands in the address. */

import { api } from "../api/client";
import { cursor } from "../api/pages";
import { codeOf, take } from "../api/problem";
import type { Buyer } from "../api/types";
import { type Column, type Listed, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Id, When } from "../kit/values";
import type { Wanted } from "../lib/address";
import { useCan } from "../session/context";
import { useWords } from "../words";

async function load(wanted: Wanted): Promise<Listed<Buyer>> {
  const { external_id } = wanted.filters;
  if (!external_id) return take(api.GET("/v1/buyers", { params: { query: cursor(wanted) } }));
  try {
    return { data: [await take(api.POST("/v1/buyers/lookup", { body: { external_id } }))] };
  } catch (error) {
    if (codeOf(error) === "not_found") return { data: [] };
    throw error;
  }
}

export default function Wallets() {
  const { money } = useWords();
  const can = useCan();
  const columns: Column<Buyer>[] = [
    { key: "id", title: money.buyer, cell: one => <Id id={one.id} whole /> },
    { key: "created_at", title: money.since, cell: one => <When at={one.created_at} full /> },
  ];
  const act = can("wallets:write") && (
    <Go to="/wallets/credit" primary>
      {money.creditTitle}
    </Go>
  );
  const filters = [{ key: "external_id", label: money.externalBuyer, hint: money.findBuyer, secret: true }];
  return (
    <ListPage
      title={money.walletsTitle}
      intro={money.walletsIntro}
      acts={act}
      name="wallets"
      columns={columns}
      id={one => one.id}
      load={load}
      filters={filters}
      empty={{ title: money.walletsEmptyTitle, text: money.walletsEmptyText, act }}
    />
  );
}
