/** One order: its story, what was bought, the money, and what can be done. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Order } from "../api/types";
import { Page, Section, Waiting } from "../kit/page";
import { Table } from "../kit/table";
import { Trouble } from "../kit/trouble";
import { Amount, Copy, Facts, Id, State, When } from "../kit/values";
import { useSkuName } from "../parts/catalog";
import { OrderActs } from "../parts/order-acts";
import { Reveal } from "../parts/reveal";
import { OrderState } from "../parts/states";
import { type Event, story } from "../parts/story";
import { SubjectLedger } from "../parts/subject-ledger";
import { useCan } from "../session/context";
import { useWords } from "../words";

function useOrder(id: string) {
  const path = { params: { path: { id } } };
  const order = useQuery({ queryKey: ["order", id], queryFn: () => take(api.GET("/v1/orders/{id}", path)) });
  const payments = useQuery({
    queryKey: ["order", id, "payments"],
    queryFn: () => take(api.GET("/v1/orders/{id}/payments", path)),
  });
  const refunds = useQuery({
    queryKey: ["order", id, "refunds"],
    queryFn: () => take(api.GET("/v1/orders/{id}/refunds", path)),
  });
  const error = order.error ?? payments.error ?? refunds.error;
  if (!order.data || !payments.data || !refunds.data) return { error };
  return { found: { order: order.data, payments: payments.data.data, refunds: refunds.data.data }, error };
}

export default function OrderPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const words = useWords();
  const { orders } = words;
  const can = useCan();
  const { found, error } = useOrder(id);
  const back = { to: "/orders", text: orders.title };
  if (error)
    return (
      <Page title={orders.title} back={back}>
        <Trouble error={error} />
      </Page>
    );
  if (!found) return <Waiting />;
  const { order, payments, refunds } = found;
  const subjects = [order.id, ...payments.map(one => one.id), ...refunds.map(one => one.id)];
  return (
    <Page
      title={orders.one(order.number)}
      intro={<OrderState order={order} />}
      back={back}
      acts={<OrderActs key={order.refunded.amount} order={order} />}
    >
      <div className="two">
        <div className="stack">
          <Section title={orders.lines}>
            <Lines order={order} />
          </Section>
          <Section title={orders.delivery}>
            <Reveal order={order} />
          </Section>
          {can("ledger:read") && (
            <Section title={orders.ledger} note={orders.ledgerNote}>
              <SubjectLedger subjects={subjects} />
            </Section>
          )}
        </div>
        <div className="stack">
          <Section title={orders.story}>
            <Story events={story(order, payments, refunds, words)} />
          </Section>
          <Section title={orders.facts}>
            <OrderFacts order={order} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

const Story = ({ events }: { events: Event[] }) => (
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

function Lines({ order }: { order: Order }) {
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

function OrderFacts({ order }: { order: Order }) {
  const { orders } = useWords();
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
        [orders.input, input.length > 0 && input.map(([code, value]) => `${code}: ${value}`).join("，")],
      ]}
    />
  );
}
