/** One order: its story, what was bought, the money, and what can be done. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import { Go, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { OrderActs } from "../parts/order-acts";
import { OrderLedger } from "../parts/order-ledger";
import { OrderNote } from "../parts/order-note";
import { Lines, OrderFacts, Story } from "../parts/order-sections";
import { Reveal } from "../parts/reveal";
import { OrderState } from "../parts/states";
import { story } from "../parts/story";
import { UnmaskAnswers, UnmaskBuyer } from "../parts/unmask";
import { useCan } from "../session/context";
import { useWords } from "../words";

/** Facts of its timeline that are shown. */
const FACTS = 200;
/** It follows the journal; so does whoever looks at it. */
const FOLLOW_MS = 3_000;

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
  const timeline = useQuery({
    queryKey: ["order", id, "timeline"],
    queryFn: () => take(api.GET("/v1/orders/{id}/timeline", { params: { ...path.params, query: { limit: FACTS } } })),
    refetchInterval: FOLLOW_MS,
  });
  const error = order.error ?? payments.error ?? refunds.error ?? timeline.error;
  if (!order.data || !payments.data || !refunds.data || !timeline.data) return { error };
  const [paid, back, facts] = [payments.data.data, refunds.data.data, timeline.data.data];
  return { found: { order: order.data, payments: paid, refunds: back, facts }, error };
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
  const { order } = found;
  return (
    <Page
      title={orders.one(order.number)}
      intro={<OrderState order={order} />}
      back={back}
      acts={<OrderActs key={order.refunded.amount} order={order} />}
    >
      <div className="two lead">
        <div className="stack">
          <Section title={orders.lines}>
            <Lines order={order} />
          </Section>
          <Section title={orders.delivery}>
            <Reveal order={order} />
          </Section>
          {can("ledger:read") && (
            <Section title={orders.ledger}>
              <OrderLedger order={order.id} />
            </Section>
          )}
        </div>
        <div className="stack">
          <Section
            title={orders.story}
            acts={can("audit:read") && <Go to={`/audit?object=${order.id}`}>{words.frame.pages.audit}</Go>}
          >
            <Story events={story(found, words)} />
            {order.can?.note && <OrderNote order={order} />}
          </Section>
          <Section
            title={orders.facts}
            acts={
              <>
                {Object.keys(order.input ?? {}).length > 0 && <UnmaskAnswers order={order} />}
                <UnmaskBuyer id={order.buyer.id} />
              </>
            }
          >
            <OrderFacts order={order} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
