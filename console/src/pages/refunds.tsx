/** Refunds, newest first. */

import type { ListedRefund } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Amount, Id, When } from "../kit/values";
import { useRefundFilters, useRefunds } from "../parts/money-lists";
import { OrderNumber } from "../parts/order-number";
import { RefundState } from "../parts/states";
import { useWords } from "../words";

export default function Refunds() {
  const { money } = useWords();
  const filters = useRefundFilters();
  const load = useRefunds();
  const columns: Column<ListedRefund>[] = [
    { key: "id", title: money.refund, cell: one => <Id id={one.id} /> },
    { key: "order_number", title: money.order, cell: one => <OrderNumber of={one} /> },
    { key: "amount", title: money.amount, number: true, cell: one => <Amount money={one.amount} /> },
    {
      key: "loss",
      title: money.loss,
      number: true,
      cell: one => (one.loss.amount ? <Amount money={one.loss} /> : "–"),
    },
    { key: "state", title: money.state, cell: one => <RefundState refund={one} /> },
    { key: "cause", title: money.cause, cell: one => money.causes[one.cause] },
    { key: "reason", title: money.reason, cell: one => one.reason ?? "–" },
    { key: "method", title: money.method, extra: true, cell: one => money.methods[one.method] },
    { key: "created_at", sort: true, title: money.created, cell: one => <When at={one.created_at} /> },
  ];
  return (
    <ListPage
      title={money.refundsTitle}
      intro={money.refundsIntro}
      name="refunds"
      {...{ columns, filters, load }}
      id={one => one.id}
      empty={{ title: money.refundsEmptyTitle, text: money.refundsEmptyText }}
    />
  );
}
