import { expect, test } from "vitest";
import type { Order, Payment, Refund } from "../api/types";
import zh from "../words/zh";
import { left, story, worth } from "./story";

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

test("a story is told in the order of time", () => {
  const told = story(order, [payment], [refund], zh);
  expect(told.map(event => event.what)).toEqual([
    "下单，应付 ¥38.40",
    "开始支付（测试支付）",
    "收到 ¥38.41，测试支付",
    "支付结束：成功",
    "退款 ¥0.01，付多了",
    "退款 ¥0.01 到账",
  ]);
});

test("an order that waits tells until when", () => {
  expect(story({ ...order, state: "pending_payment", paid: yuan(0) }, [], [], zh).at(-1)?.what).toBe("付款截止");
  expect(story({ ...order, paid: yuan(0) }, [], [], zh)).toHaveLength(1);
});

test("an order in one call is paid at once", () => {
  expect(story(order, [], [], zh).map(event => event.what)).toEqual(["下单，应付 ¥38.40", "钱包支付 ¥38.40，立即发放"]);
});

test("what is left, and what it is worth", () => {
  expect(left(line)).toBe(2);
  expect(worth(order, { 1: 2 })).toEqual(yuan(2560));
  expect(worth(order, {})).toEqual(yuan(0));
});
