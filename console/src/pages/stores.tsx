/** The stores where vouchers are redeemed. */

import { Link } from "@tanstack/react-router";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Copy, State, When } from "../kit/values";
import { resources } from "../parts/kinds";
import type { Store } from "../parts/stores";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function Stores() {
  const { vouchers, catalog, settings, frame } = useWords();
  const can = useCan();
  const columns: Column<Store>[] = [
    { key: "name", title: catalog.name, sort: true, cell: one => <Link to={`/stores/${one.id}`}>{one.name}</Link> },
    { key: "address", title: vouchers.address, cell: one => one.address ?? "–" },
    { key: "phone", title: vouchers.phone, cell: one => <Phone of={one.phone} /> },
    {
      key: "edited_at",
      title: settings.updated,
      cell: one => (one.archived_at ? <State tone="calm">{settings.archived}</State> : <When at={one.edited_at} />),
    },
  ];
  const add = can("store:write") && (
    <Go to="/r/stores/new" primary>
      {settings.newOne(frame.pages.stores)}
    </Go>
  );
  return (
    <ListPage
      title={frame.pages.stores}
      intro={vouchers.storesIntro}
      acts={add}
      name="stores"
      columns={columns}
      filters={[{ key: "name", label: catalog.name }]}
      id={one => one.id}
      load={async wanted => (await resources.list("stores", wanted)) as { data: Store[]; next?: string | null }}
      empty={{ title: vouchers.noStores, text: vouchers.noStoresText, act: add }}
    />
  );
}

function Phone({ of }: { of: string | null | undefined }) {
  if (!of) return <>–</>;
  return (
    <span className="number">
      {of}
      <Copy text={of} />
    </span>
  );
}
