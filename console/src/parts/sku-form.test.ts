import { expect, test } from "vitest";
import type { Sku } from "../api/types";
import zh from "../words/zh";
import { fromForm, skuGroups, toForm } from "./sku-form";

const sku = {
  id: "sku_1",
  name: "月卡",
  price: { amount: 1990, currency: "CNY" },
  list_price: null,
  cost: "8.0000",
  limits: { per_order: null, per_user: null },
  refund: { days: 3 },
  returned_codes: "void",
  min_days_left: 0,
  on_shelf: true,
  stock: 5,
} as unknown as Sku;

test("nothing changed is nothing sent", () => expect(fromForm(toForm(sku), sku)).toEqual({}));

test("the rule comes back in one piece", () => {
  expect(toForm(sku)).toMatchObject({ rule: "days", days: 3 });
  expect(fromForm({ ...toForm(sku), rule: "none" }, sku)).toEqual({ refund: "none" });
  expect(fromForm({ ...toForm(sku), days: 5 }, sku)).toEqual({ refund: { days: 5 } });
});

test("what was emptied is taken away", () => {
  expect(fromForm({ ...toForm(sku), cost: null, min_days_left: null }, sku)).toEqual({ cost: null });
});

const ticket = {
  ...sku,
  kind: "voucher",
  refund: "before_redeem",
  voucher: { type: "count", uses: 3 },
  validity: { days: 30 },
  stores: ["sto_1"],
  hours: [],
  present: "code",
  on_expiry: "refund",
} as unknown as Sku;

test("of a voucher, too, only what is another is sent", () => {
  const form = toForm(ticket);
  expect(fromForm(form, ticket)).toEqual({});
  expect(fromForm({ ...form, valid: "ever", stores: [] }, ticket)).toEqual({ validity: null, stores: [] });
  expect(fromForm({ ...form, voucher: { type: "count", uses: 5 }, expiry: "extend" }, ticket)).toEqual({
    voucher: { type: "count", uses: 5 },
    on_expiry: { extend: 30 },
  });
});

test("fields of codes are not asked of vouchers, and the other way round", () => {
  const names = (of: Sku) => skuGroups(zh, of, toForm(of)).flatMap(({ fields }) => fields.map(({ name }) => name));
  expect(names(ticket)).toEqual(expect.arrayContaining(["voucher.uses", "validity.days", "stores", "expiry"]));
  expect(names(ticket)).not.toEqual(expect.arrayContaining(["code_fields"]));
  const ofCodes = names({ ...sku, kind: "code" });
  expect(ofCodes).toEqual(expect.arrayContaining(["code_fields", "returned_codes", "stock_alarm"]));
  expect(ofCodes.filter(name => name.startsWith("voucher"))).toEqual([]);
});

test("a content is bought once, without stock or terms of vouchers", () => {
  const shared = { ...sku, kind: "content", refund: "before_reveal" } as unknown as Sku;
  const names = skuGroups(zh, shared, toForm(shared)).flatMap(({ fields }) => fields.map(({ name }) => name));
  expect(names).toEqual(expect.arrayContaining(["price", "limits.per_user", "rule"]));
  for (const other of ["limits.per_order", "stock_alarm", "code_fields", "voucher.uses", "returned_codes"])
    expect(names).not.toContain(other);
  expect(fromForm(toForm(shared), shared)).toEqual({});
});
