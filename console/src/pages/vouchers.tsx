/** Vouchers, newest first, and the one that a code finds. */

import type { Voucher } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Id, When } from "../kit/values";
import { useSkuName } from "../parts/catalog";
import { FindVoucher } from "../parts/find-voucher";
import { HowMuch } from "../parts/how-much";
import { VoucherState } from "../parts/states";
import { MakeVouchers, VouchersActs } from "../parts/voucher-acts";
import { useVoucherFilters, useVouchers } from "../parts/voucher-lists";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function Vouchers() {
  const { vouchers } = useWords();
  const can = useCan();
  const nameOf = useSkuName();
  const filters = useVoucherFilters();
  const load = useVouchers();
  const columns: Column<Voucher>[] = [
    { key: "id", title: vouchers.voucher, cell: one => <Id id={one.id} /> },
    { key: "sku", title: vouchers.sku, cell: one => nameOf(one.sku) },
    { key: "order", title: vouchers.order, cell: one => (one.order ? <Id id={one.order} /> : "–") },
    { key: "total", title: vouchers.total, number: true, cell: one => <HowMuch of={one.total} /> },
    { key: "remaining", title: vouchers.remaining, number: true, cell: one => <HowMuch of={one.remaining} /> },
    { key: "state", title: vouchers.state, cell: one => <VoucherState of={one} /> },
    {
      key: "valid_until",
      title: vouchers.until,
      cell: one => (one.valid_until ? <When at={one.valid_until} /> : vouchers.forEver),
    },
    { key: "created_at", sort: true, title: vouchers.created, cell: one => <When at={one.created_at} /> },
  ];
  return (
    <ListPage
      title={vouchers.title}
      intro={vouchers.intro}
      acts={<VouchersActs />}
      notice={can("vouchers:redeem") && <FindVoucher />}
      name="vouchers"
      {...{ columns, filters, load }}
      id={one => one.id}
      empty={{ title: vouchers.emptyTitle, text: vouchers.emptyText, act: <MakeVouchers /> }}
    />
  );
}
