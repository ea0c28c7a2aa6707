import { expect, test } from "vitest";
import type { Redemption, Refund, Voucher } from "../api/types";
import en from "../words/en";
import zh from "../words/zh";
import { voucherStory } from "./voucher-story";

const voucher = {
  id: "vch_1",
  order: "ord_1",
  line: 1,
  state: "effective",
  created_at: "2026-11-30T02:00:00Z",
  valid_until: "2026-12-30T02:00:00Z",
  on_expiry: "refund",
} as Voucher;

const redemption = (minute: number, more: Partial<Redemption>) =>
  ({ at: `2026-11-30T03:0${minute}:00Z`, taken: 1, remaining: 2, store: "sto_1", ...more }) as Redemption;

const refund = (line: number, more: Partial<Refund> = {}) =>
  ({
    id: `rfd_${line}`,
    created_at: "2026-11-30T04:00:00Z",
    amount: { amount: 3300, currency: "CNY" },
    state: "succeeded",
    lines: [{ line, quantity: 1 }],
    ...more,
  }) as Refund;

const told = (known: Partial<Parameters<typeof voucherStory>[0]>, words = zh) =>
  voucherStory({ voucher, redemptions: [], refunds: [], ...known }, words, () => "徐家汇店").map(({ what }) => what);

test("newest first becomes oldest first, with what will be", () =>
  expect(told({ redemptions: [redemption(2, { remaining: 1 }), redemption(1, { remaining: 2 })] })).toEqual([
    "付款后发给买家",
    "徐家汇店核销 1 次，剩 2 次",
    "徐家汇店核销 1 次，剩 1 次",
    "到期；没用完的退给买家",
  ]));

test("what was taken back does not say what was left, and without a store there is none", () => {
  const back = redemption(1, { reversed_at: "2026-11-30T03:05:00Z", store: null });
  expect(told({ redemptions: [back] }, en)).toEqual([
    "Delivered to the buyer once it was paid",
    "Redeemed 1 use",
    "Redemption taken back, 1 use returned",
    "Expires; what is left goes back to the buyer",
  ]);
});

test("refunds of its own line are told, and an end that came", () => {
  const ended = { ...voucher, state: "voided" } as Voucher;
  expect(told({ voucher: ended, refunds: [refund(1), refund(2)] })).toEqual(["付款后发给买家", "订单退款 ¥33.00"]);
  const over = { ...voucher, order: null, state: "expired", on_expiry: { extend: 7 } } as Voucher;
  expect(told({ voucher: over })).toEqual(["生成，没有订单", "到期，已自动延期"]);
});
