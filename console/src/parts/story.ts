/** What happened to an order, in its order of time: from the order, its payments, its refunds, and the facts of its timeline. */

import type { JournalEntry, Money, Order, Payment, Refund } from "../api/types";
import { written } from "../lib/money";
import type { Words } from "../words";

export interface Event {
  at: string;
  what: string;
  /** What it concerns, to be opened. */
  id?: string;
  tone: "good" | "care" | "bad" | "calm" | "busy";
}

type Told = Pick<Words, "kit" | "orders" | "money">;

export interface Known {
  order: Order;
  payments: readonly Payment[];
  refunds: readonly Refund[];
  facts: readonly JournalEntry[];
}

export function story({ order, payments, refunds, facts }: Known, words: Told): Event[] {
  const { kit, orders } = words;
  const placed = [orders.placedEvent, orders.placedText(written(order.total))].join(kit.comma);
  const events: Event[] = [
    { at: order.created_at, what: placed, tone: "calm" },
    ...atOnce(order, payments, words),
    ...payments.flatMap(payment => ofPayment(payment, words)),
    ...refunds.flatMap(refund => ofRefund(refund, words)),
    ...facts.flatMap(fact => ofFact(fact, words)),
  ];
  if (order.state === "pending_payment" && order.expires_at) {
    events.push({ at: order.expires_at, what: orders.expired, tone: "busy" });
  }
  // What happened at the same instant stays in the order in which it is told.
  return events.sort((a, b) => instant(a.at) - instant(b.at));
}

/** An order in one call is paid from the wallet and delivered in the instant in which it is placed. */
function atOnce(order: Order, payments: readonly Payment[], { orders }: Told): Event[] {
  if (payments.length > 0 || order.paid.amount === 0) return [];
  return [{ at: order.created_at, what: orders.paidAtOnce(written(order.paid)), tone: "good" }];
}

function ofPayment(payment: Payment, { kit, orders, money }: Told): Event[] {
  const begun: Event = {
    at: payment.created_at,
    what: orders.payBegun(money.methods[payment.method]),
    id: payment.id,
    tone: "calm",
  };
  const came = payment.receipts.map((receipt): Event => {
    const used = receipt.applied.amount > 0;
    return {
      at: receipt.at,
      what: orders.moneyCame(written(receipt.amount), money.methods[payment.method]),
      id: payment.id,
      tone: used ? "good" : "care",
    };
  });
  if (!payment.ended_at) return [begun, ...came];
  const tone = payment.state === "succeeded" ? "good" : payment.state === "failed" ? "bad" : "calm";
  const what = orders.payEnded + kit.colon + money.paymentStates[payment.state];
  return [begun, ...came, { at: payment.ended_at, what, id: payment.id, tone }];
}

function ofRefund(refund: Refund, { kit, orders, money }: Told): Event[] {
  const amount = written(refund.amount);
  const why = refund.reason ?? money.causes[refund.cause];
  const begun: Event = {
    at: refund.created_at,
    what: orders.refundBegun(amount) + kit.comma + why,
    id: refund.id,
    tone: "care",
  };
  if (!refund.ended_at) return [begun];
  const failed = refund.state === "failed";
  const what = failed ? orders.refundFailed(amount) : orders.refundEnded(amount);
  return [begun, { at: refund.ended_at, what, id: refund.id, tone: failed ? "bad" : "good" }];
}

/** What neither the order nor its money tells: who looked at what, and what was tried again. */
function ofFact({ kind, at, actor, data }: JournalEntry, { orders }: Told): Event[] {
  const noted = kind === "order.noted" && (data as { text?: string }).text;
  if (noted) return [{ at, what: orders.notedText(noted), ...(actor && { id: actor }), tone: "busy" }];
  const what = (orders.told as Record<string, string>)[kind];
  return what ? [{ at, what, ...(actor && { id: actor }), tone: kind === "codes.unreadable" ? "bad" : "care" }] : [];
}

const instant = (at: string): number => Date.parse(at);

/** What can still be refunded of a line: its pieces, and what they cost. */
export const left = (line: Order["lines"][number]): number => line.quantity - line.refunded;

/** What a refund of so many pieces of each line gives back; the last piece takes what rounding left. */
export function worth(order: Order, pieces: Record<number, number>): Money {
  const amount = order.lines.reduce((sum, line) => sum + line.unit_price.amount * (pieces[line.line] ?? 0), 0);
  return { amount, currency: order.total.currency };
}
