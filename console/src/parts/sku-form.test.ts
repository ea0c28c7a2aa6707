import { expect, test } from "vitest";
import type { Sku } from "../api/types";
import { fromForm, toForm } from "./sku-form";

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
