/** States with their colours. Which colour a state has stands here alone. */

import type { CodeImport, Order, Payment, Product, Refund, Sku, Voucher } from "../api/types";
import { State, type Tone } from "../kit/values";
import { useWords } from "../words";

const ORDER: Record<Order["state"], Tone> = {
  pending_payment: "busy",
  paid: "care",
  partially_delivered: "care",
  delivered: "good",
  cancelled: "calm",
  partially_refunded: "calm",
  refunded: "calm",
};

export function OrderState({ order }: { order: Order }) {
  const { orders } = useWords();
  const word = order.closed ? orders.closed[order.closed] : orders.states[order.state];
  return <State tone={ORDER[order.state]}>{word}</State>;
}

const PAYMENT: Record<Payment["state"], Tone> = {
  created: "busy",
  pending: "busy",
  succeeded: "good",
  closed: "calm",
  failed: "bad",
  returned: "care",
};

export function PaymentState({ payment }: { payment: { state: Payment["state"] } }) {
  const { money } = useWords();
  return <State tone={PAYMENT[payment.state]}>{money.paymentStates[payment.state]}</State>;
}

const REFUND: Record<Refund["state"], Tone> = { processing: "busy", succeeded: "good", failed: "bad" };

export function RefundState({ refund }: { refund: Refund }) {
  const { money } = useWords();
  // No channel refused it: there is none.
  if (refund.method === "offline" && refund.state === "failed") return <State tone="care">{money.toTransfer}</State>;
  return <State tone={REFUND[refund.state]}>{money.refundStates[refund.state]}</State>;
}

const VOUCHER: Record<Voucher["state"], Tone> = { effective: "good", used: "calm", expired: "calm", voided: "calm" };

export function VoucherState({ of }: { of: Voucher }) {
  const { vouchers } = useWords();
  return <State tone={VOUCHER[of.state]}>{vouchers.states[of.state]}</State>;
}

const IMPORT: Record<CodeImport["state"], Tone> = {
  running: "busy",
  done: "good",
  failed: "bad",
  needs_decision: "care",
};

export const waitsForAnswer = (one: CodeImport): boolean => one.findings.some(finding => finding.open);

export function ImportState({ of }: { of: CodeImport }) {
  const { codes } = useWords();
  return <State tone={IMPORT[of.state]}>{codes.importStates[of.state]}</State>;
}

/** Whether its pieces are codes that somebody imports: sold as they are, or as vouchers. */
export const isStocked = (sku: Pick<Sku, "kind" | "present">): boolean =>
  sku.kind === "code" || sku.present === "imported";

/** Whether a SKU sells, and what keeps it from it. */
export function stockOf(sku: Sku): "out" | "low" | "fine" {
  if (sku.kind === "voucher" && !isStocked(sku)) return "fine";
  if (sku.kind === "content") return sku.content ? "fine" : "out";
  if ((sku.stock ?? 0) <= 0) return "out";
  return sku.stock_alarm !== null && sku.stock_alarm !== undefined && (sku.stock ?? 0) <= sku.stock_alarm
    ? "low"
    : "fine";
}

export function SkuState({ sku }: { sku: Sku }) {
  const { catalog } = useWords();
  if (!sku.on_shelf) return <State tone="calm">{catalog.off}</State>;
  const stock = stockOf(sku);
  if (stock === "out") return <State tone="bad">{catalog.soldOut}</State>;
  return <State tone={stock === "low" ? "care" : "good"}>{stock === "low" ? catalog.low : catalog.on}</State>;
}

export function ProductState({ product }: { product: Product }) {
  const { catalog } = useWords();
  if (!product.on_shelf) return <State tone="calm">{catalog.off}</State>;
  const stock = product.skus.filter(sku => sku.on_shelf).map(stockOf);
  if (stock.every(one => one === "out")) return <State tone="bad">{catalog.soldOut}</State>;
  if (stock.some(one => one !== "fine")) return <State tone="care">{catalog.low}</State>;
  return <State tone="good">{catalog.on}</State>;
}
