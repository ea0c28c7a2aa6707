/** Redemptions, newest first. */

import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Redemption } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Id, When } from "../kit/values";
import { useSkuName } from "../parts/catalog";
import { HowMuch } from "../parts/how-much";
import { useWords } from "../words";

export default function Redemptions() {
  const { vouchers } = useWords();
  const nameOf = useSkuName();
  const columns: Column<Redemption>[] = [
    { key: "id", title: vouchers.redemption, cell: one => <Id id={one.id} /> },
    { key: "at", title: vouchers.at, cell: one => <When at={one.at} /> },
    { key: "sku", title: vouchers.sku, cell: one => nameOf(one.sku) },
    { key: "taken", title: vouchers.taken, number: true, cell: one => <HowMuch of={one.taken} /> },
    { key: "remaining", title: vouchers.left, number: true, cell: one => <HowMuch of={one.remaining} /> },
    { key: "store", title: vouchers.store, cell: one => (one.store ? <Id id={one.store} /> : "–") },
    { key: "voucher", title: vouchers.voucher, cell: one => <Id id={one.voucher} /> },
    { key: "reversed_at", title: vouchers.reversed, cell: one => <When at={one.reversed_at} /> },
  ];
  return (
    <ListPage
      title={vouchers.redemptionsTitle}
      intro={vouchers.redemptionsIntro}
      name="redemptions"
      columns={columns}
      id={one => one.id}
      load={wanted => take(api.GET("/v1/redemptions", { params: { query: cursor(wanted) } }))}
      empty={{ title: vouchers.redemptionsEmptyTitle, text: vouchers.redemptionsEmptyText }}
    />
  );
}
