/** Redemptions, newest first: of all stores or one, or of one voucher. */

import type { Redemption } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Id, When } from "../kit/values";
import { useSkuName } from "../parts/catalog";
import { HowMuch } from "../parts/how-much";
import { Reverse } from "../parts/reverse";
import { StoreLink } from "../parts/stores";
import { useRedemptionFilters, useRedemptions } from "../parts/voucher-lists";
import { useAgain } from "../parts/voucher-sections";
import { useWords } from "../words";

export default function Redemptions() {
  const { vouchers, frame } = useWords();
  const nameOf = useSkuName();
  const filters = useRedemptionFilters();
  const load = useRedemptions();
  const again = useAgain();
  const columns: Column<Redemption>[] = [
    { key: "at", title: vouchers.at, cell: one => <When at={one.at} /> },
    { key: "store", title: vouchers.store, cell: one => <StoreLink id={one.store} /> },
    { key: "sku", title: vouchers.sku, cell: one => nameOf(one.sku) },
    { key: "taken", title: vouchers.taken, number: true, cell: one => <HowMuch of={one.taken} /> },
    { key: "remaining", title: vouchers.left, number: true, cell: one => <HowMuch of={one.remaining} /> },
    { key: "voucher", title: vouchers.voucher, cell: one => <Id id={one.voucher} /> },
    { key: "reversed_at", title: vouchers.reversed, extra: true, cell: one => <When at={one.reversed_at} /> },
    { key: "by", title: vouchers.by, extra: true, cell: one => <Id id={one.by} /> },
    { key: "id", title: vouchers.redemption, extra: true, cell: one => <Id id={one.id} /> },
    { key: "acts", title: vouchers.reversal, fields: [], cell: one => <Reverse of={one} done={again} /> },
  ];
  return (
    <ListPage
      title={vouchers.redemptionsTitle}
      intro={vouchers.redemptionsIntro}
      acts={<Go to="/stores">{frame.pages.stores}</Go>}
      name="redemptions"
      {...{ columns, filters, load }}
      id={one => one.id}
      empty={{ title: vouchers.redemptionsEmptyTitle, text: vouchers.redemptionsEmptyText }}
    />
  );
}
