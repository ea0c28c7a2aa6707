/** An order's story, lines and facts. */

import type { Order } from "../api/types";
import { Table } from "../kit/table";
import { Amount, Copy, Facts, Id, State, When } from "../kit/values";
import { useWords } from "../words";
import { useSkuName } from "./catalog";
import type { Event } from "./story";
import { useAnswerNames } from "./unmask";

export const Story = ({ events }: { events: Event[] }) => (
  <ol className="story">
    {events.map(({ at, what, id, tone }) => (
      <li key={at + what}>
        <State tone={tone}>{what}</State>
        <span className="muted">
          <When at={at} full /> {id && <Id id={id} />}
        </span>
      </li>
    ))}
  </ol>
);

export function Lines({ order }: { order: Order }) {
  const { orders } = useWords();
  const nameOf = useSkuName();
  const columns = [
    { key: "goods", title: orders.goods, cell: (line: Order["lines"][number]) => nameOf(line.sku) },
    {
      key: "price",
      title: orders.unitPrice,
      number: true,
      cell: (line: Order["lines"][number]) => <Amount money={line.unit_price} />,
    },
    { key: "quantity", title: orders.quantity, number: true, cell: (line: Order["lines"][number]) => line.quantity },
    {
      key: "delivered",
      title: orders.deliveredPieces,
      number: true,
      cell: (line: Order["lines"][number]) => line.delivered,
    },
    {
      key: "refunded",
      title: orders.refundedPieces,
      number: true,
      cell: (line: Order["lines"][number]) => line.refunded,
    },
    {
      key: "amount",
      title: orders.amount,
      number: true,
      cell: (line: Order["lines"][number]) => <Amount money={line.amount} />,
    },
  ];
  return <Table rows={order.lines} id={line => String(line.line)} columns={columns} />;
}

export function OrderFacts({ order }: { order: Order }) {
  const { kit, orders } = useWords();
  const nameOf = useAnswerNames(order);
  const input = Object.entries(order.input ?? {});
  return (
    <Facts
      items={[
        ["ID", <Id key="id" id={order.id} />],
        [
          orders.externalId,
          order.external_id && (
            <span>
              {order.external_id} <Copy text={order.external_id} />
            </span>
          ),
        ],
        [orders.buyer, <Id key="buyer" id={order.buyer.id} />],
        [orders.channel, orders.channels[order.channel]],
        [orders.placed, <When key="at" at={order.created_at} full />],
        [orders.expires, order.expires_at && <When at={order.expires_at} full />],
        [orders.total, <Amount key="total" money={order.total} />],
        [orders.paid, <Amount key="paid" money={order.paid} />],
        [orders.refunded, order.refunded.amount > 0 && <Amount money={order.refunded} />],
        [orders.received, order.received.amount !== order.paid.amount && <Amount money={order.received} />],
        [orders.returned, order.returned.amount !== order.refunded.amount && <Amount money={order.returned} />],
        [orders.consent, order.consent && orders.consentOf(order.consent.version)],
        [
          orders.input,
          input.length > 0 && input.map(([code, value]) => nameOf(code) + kit.colon + value).join(kit.comma),
        ],
      ]}
    />
  );
}
