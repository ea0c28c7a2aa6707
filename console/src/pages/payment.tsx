/** One payment, and the money that came by it. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Payment } from "../api/types";
import { Away, Page, Section, Waiting } from "../kit/page";
import { Table } from "../kit/table";
import { Trouble } from "../kit/trouble";
import { Amount, Facts, Id, When } from "../kit/values";
import { TransferSection } from "../parts/bank-transfer-section";
import { Exchanges } from "../parts/payment-exchanges";
import { AccountLink, Fee, Offer, RefundsOf } from "../parts/payment-more";
import { PaymentState } from "../parts/states";
import { useWords } from "../words";

export default function PaymentPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { bankTransfers, money } = useWords();
  const asked = useQuery({
    queryKey: ["payments", id],
    queryFn: () => take(api.GET("/v1/payments/{id}", { params: { path: { id } } })),
  });
  const back = { to: "/payments", text: money.paymentsTitle };
  if (asked.error)
    return (
      <Page title={money.payment} back={back}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  const payment = asked.data;
  const transfer = payment.method === "offline";
  const number = transfer ? bankTransfers.bankReference : undefined;
  const columns = [
    {
      key: "number",
      title: number ?? money.receipt,
      cell: (one: Payment["receipts"][number]) => <code>{one.channel_number}</code>,
    },
    {
      key: "amount",
      title: money.amount,
      number: true,
      cell: (one: Payment["receipts"][number]) => <Amount money={one.amount} />,
    },
    {
      key: "applied",
      title: money.applied,
      number: true,
      cell: (one: Payment["receipts"][number]) => <Amount money={one.applied} />,
    },
    { key: "at", title: money.at, cell: (one: Payment["receipts"][number]) => <When at={one.at} full /> },
  ];
  const open = payment.state === "created" || payment.state === "pending";
  const offered = payment.account && (payment.qr || payment.cashier_url || payment.jsapi);
  // Pages of a channel are no pages of ours.
  const cashier =
    !payment.account && payment.state === "pending" && payment.cashier_url && new URL(payment.cashier_url).pathname;
  return (
    <Page
      title={money.payment}
      intro={
        <>
          <PaymentState payment={payment} /> · {(transfer ? bankTransfers.texts : money.paymentTexts)[payment.state]}
        </>
      }
      back={back}
      acts={cashier && <Away to={cashier}>{money.cashier}</Away>}
    >
      {transfer && <TransferSection payment={payment} />}
      <Section title={money.payment}>
        <Facts
          items={[
            ["ID", <Id key="id" id={id} whole />],
            [money.order, payment.order && <Id id={payment.order} whole />],
            [money.recharged, payment.buyer && <Id id={payment.buyer} whole />],
            [money.amount, <Amount key="amount" money={payment.amount} />],
            [money.method, money.methods[payment.method]],
            [money.paymentAccount, payment.account && <AccountLink id={payment.account} />],
            [money.offer, offered && <Offer of={payment} />],
            [number ?? money.channelNumber, payment.channel_number && <code>{payment.channel_number}</code>],
            [money.fee, payment.fee && <Fee fee={payment.fee} />],
            [money.created, <When key="created" at={payment.created_at} full />],
            [money.ended, payment.ended_at && <When at={payment.ended_at} full />],
          ]}
        />
      </Section>
      <Section title={money.receipts}>
        {payment.receipts.length ? (
          <Table rows={payment.receipts} id={one => one.channel_number} columns={columns} />
        ) : (
          <p className="muted">{money.noReceipts}</p>
        )}
      </Section>
      <RefundsOf payment={payment} />
      {payment.account && <Exchanges payment={id} open={open} />}
    </Page>
  );
}
