import { expect, test } from "vitest";
import type { JournalEntry, Order, Payment, Refund } from "../api/types";
import zh from "../words/zh";
import { type Known, left, story, worth } from "./story";

const yuan = (amount: number) => ({ amount, currency: "CNY" as const });
const line = {
  line: 1,
  sku: "sku_1",
  product: "prd_1",
  product_version: 1,
  quantity: 3,
  delivered: 3,
  refunded: 1,
  amount: yuan(3840),
  unit_price: yuan(1280),
};
const order = {
  id: "ord_1",
  created_at: "2026-11-29T09:00:00Z",
  expires_at: "2026-11-29T09:15:00Z",
  state: "delivered",
  total: yuan(3840),
  paid: yuan(3840),
  lines: [line],
} as Order;
const payment = {
  id: "pay_1",
  method: "test",
  state: "succeeded",
  created_at: "2026-11-29T09:01:00Z",
  ended_at: "2026-11-29T09:02:00Z",
  receipts: [{ at: "2026-11-29T09:02:00Z", amount: yuan(3841), applied: yuan(3840), channel_number: "t1" }],
} as Payment;
const refund = {
  id: "rfd_1",
  amount: yuan(1),
  cause: "overpaid",
  state: "succeeded",
  created_at: "2026-11-29T09:02:00.5Z",
  ended_at: "2026-11-29T09:03:00Z",
} as Refund;

const fact = (kind: string, at: string) => ({ kind, at, actor: "psn_1" }) as JournalEntry;
const known = (more: Partial<Known>): Known => ({ order, payments: [], refunds: [], facts: [], ...more });
const told = (more: Partial<Known>) => story(known(more), zh).map(event => event.what);

test("a story is told in the order of time", () => {
  const facts = [fact("order.placed", order.created_at), fact("codes.revealed", "2026-11-29T09:05:00Z")];
  expect(told({ payments: [payment], refunds: [refund], facts })).toEqual([
    "下单，应付 ¥38.40",
    "开始支付（测试支付）",
    "收到 ¥38.41，测试支付",
    "支付结束：成功",
    "退款 ¥0.01，付多了",
    "退款 ¥0.01 到账",
    "卡密被查看",
  ]);
  expect(story(known({ facts }), zh).at(-1)?.id).toBe("psn_1");
});

test("an order that waits tells until when", () => {
  expect(told({ order: { ...order, state: "pending_payment", paid: yuan(0) } }).at(-1)).toBe("付款截止");
  expect(told({ order: { ...order, paid: yuan(0) } })).toHaveLength(1);
});

test("an order in one call is paid at once", () => {
  expect(told({})).toEqual(["下单，应付 ¥38.40", "钱包支付 ¥38.40，立即发放"]);
});

test("what is left, and what it is worth", () => {
  expect(left(line)).toBe(2);
  expect(worth(order, { 1: 2 })).toEqual(yuan(2560));
  expect(worth(order, {})).toEqual(yuan(0));
});
