/** Payments, newest first. */

import type { ListedPayment } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Amount, Copy, Id, When } from "../kit/values";
import { ListedState, ToWaitingTransfers } from "../parts/bank-transfer-section";
import { useMoneyFilters, usePayments } from "../parts/money-lists";
import { OrderNumber } from "../parts/order-number";
import { useWords } from "../words";

export default function Payments() {
  const { money } = useWords();
  const filters = useMoneyFilters(money.paymentStates);
  const load = usePayments();
  const columns: Column<ListedPayment>[] = [
    { key: "id", title: money.payment, cell: one => <Id id={one.id} /> },
    { key: "order_number", title: money.order, cell: one => <OrderNumber of={one} /> },
    { key: "amount", title: money.amount, number: true, cell: one => <Amount money={one.amount} /> },
    { key: "method", title: money.method, cell: one => money.methods[one.method] },
    { key: "state", title: money.state, cell: one => <ListedState of={one} /> },
    {
      key: "channel_number",
      title: money.channelNumber,
      cell: one => (one.channel_number ? <ChannelNumber of={one.channel_number} /> : "–"),
    },
    { key: "created_at", sort: true, title: money.created, cell: one => <When at={one.created_at} /> },
    { key: "ended_at", title: money.ended, extra: true, cell: one => <When at={one.ended_at} /> },
  ];
  return (
    <ListPage
      title={money.paymentsTitle}
      intro={money.paymentsIntro}
      acts={<ToWaitingTransfers />}
      name="payments"
      {...{ columns, filters, load }}
      id={one => one.id}
      empty={{ title: money.paymentsEmptyTitle, text: money.paymentsEmptyText }}
    />
  );
}

const ChannelNumber = ({ of }: { of: string }) => (
  <span className="id" title={of}>
    …{of.slice(-8)} <Copy text={of} />
  </span>
);
