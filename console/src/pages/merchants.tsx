/** The merchants of an instance, for the operator. */

import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Merchant } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Id, When } from "../kit/values";
import { Rate, TermsState } from "../parts/terms";
import { useWords } from "../words";

export default function Merchants() {
  const { settings, terms } = useWords();
  const columns: Column<Merchant>[] = [
    { key: "name", title: settings.merchant, cell: one => <Link to={`/merchants/${one.id}`}>{one.name}</Link> },
    { key: "id", title: "ID", cell: one => <Id id={one.id} /> },
    { key: "terms", fields: ["terms.suspended"], title: terms.state, cell: one => <TermsState of={one} /> },
    {
      key: "rate",
      fields: ["terms.requests_per_minute"],
      title: terms.rate,
      number: true,
      cell: one => <Rate of={one} />,
    },
    { key: "zone", title: settings.zone, cell: one => one.zone },
    { key: "created_at", title: settings.created, cell: one => <When at={one.created_at} /> },
  ];
  const act = (
    <Go to="/merchants/new" primary>
      {settings.newMerchant}
    </Go>
  );
  return (
    <ListPage
      title={settings.merchants}
      acts={act}
      name="merchants"
      columns={columns}
      id={one => one.id}
      load={wanted => take(api.GET("/v1/merchants", { params: { query: cursor(wanted) } }))}
      empty={{ title: settings.merchantsEmptyTitle, text: settings.merchantsEmptyText, act }}
    />
  );
}
