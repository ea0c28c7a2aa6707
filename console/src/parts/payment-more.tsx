/** What stands around a payment: its account, what the channel offered, its fee, and the refunds that it gave. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Money, Payment, Refund } from "../api/types";
import { Section } from "../kit/page";
import { Table } from "../kit/table";
import { Amount, Copy, Id, When } from "../kit/values";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { resources } from "./kinds";
import { PLURAL } from "./payment-account-acts";
import { RefundState } from "./states";

/** The account by its name. */
export function AccountLink({ id }: { id: string }) {
  const can = useCan();
  const { data } = useQuery({
    queryKey: ["resource", id],
    queryFn: () => resources.get(PLURAL, id),
    enabled: can("payment_account:read"),
  });
  return data ? <Link to={`/${PLURAL}/${id}`}>{String(data.name)}</Link> : <Id id={id} />;
}

/** What was booked as the channel's fee of a payment; its bill says later what it really kept. */
export function Fee({ fee }: { fee: Money }) {
  const { money } = useWords();
  return (
    <>
      <Amount money={fee} /> <small className="muted">{money.feeNote}</small>
    </>
  );
}

/** What the buyer was given to pay with, as long as he can. */
export function Offer({ of }: { of: Payment }) {
  const { money } = useWords();
  const text = of.qr ?? of.cashier_url ?? undefined;
  if (text === undefined) return money.offerBridge;
  return (
    <span className="whole">
      {of.qr ? money.offerCode : money.offerPage} <code>{text}</code> <Copy text={text} />
    </span>
  );
}

export function RefundsOf({ payment: { id } }: { payment: Payment }) {
  const { money } = useWords();
  const { data } = useQuery({
    queryKey: ["refunds", "payment", id],
    queryFn: () => take(api.GET("/v1/refunds", { params: { query: { payment: id } } })),
  });
  const rows = data?.data ?? [];
  if (rows.length === 0) return null;
  const columns = [
    { key: "id", title: money.refund, cell: (one: Refund) => <Id id={one.id} /> },
    { key: "amount", title: money.amount, number: true, cell: (one: Refund) => <Amount money={one.amount} /> },
    { key: "state", title: money.state, cell: (one: Refund) => <RefundState refund={one} /> },
    { key: "why", title: money.reason, cell: (one: Refund) => one.reason ?? money.causes[one.cause] },
    { key: "at", title: money.created, cell: (one: Refund) => <When at={one.created_at} full /> },
  ];
  return (
    <Section title={money.refundsTitle}>
      <Table rows={rows} id={one => one.id} columns={columns} />
    </Section>
  );
}
