import { expect, test } from "vitest";
import { facts } from "../words/zh/facts";
import { isForm, touchedBy } from "./touched";

test("an order that was paid makes its list, its page, the numbers and the books old, and no form", () => {
  const touched = touchedBy(["order.paid"]);
  for (const word of ["orders", "order", "overview", "reports", "accounts", "products", "journal"])
    expect(touched([word]), word).toBe(true);
  for (const key of [["products", "prd_1"], ["products", "sku", "sku_1"], ["approvals"], ["session"], ["shop"]])
    expect(touched(key), key.join()).toBe(false);
});

test("a kind of resources makes its own list old", () => {
  expect(touchedBy(["payment_account.edited"])(["payment-accounts", undefined])).toBe(true);
  expect(touchedBy(["payment_account.edited"])(["payments"])).toBe(false);
  const touched = touchedBy(["role.edited"]);
  expect(touched(["roles", undefined])).toBe(true);
  expect(touched(["orders"])).toBe(false);
  expect(touched(["resource", "rol_1"])).toBe(false);
  expect(isForm(["products", "all"])).toBe(false);
});

test("what the console has words for touches something, or nothing that is shown", () => {
  const quiet = /^(access|journal|keys|merchant|operator|sign_in|shop)\./;
  const dull = Object.keys(facts).filter(kind => !quiet.test(kind) && !touchedBy([kind])(["overview"]));
  const others = dull.filter(
    kind => !/^(api_key|approval|buyer|device|export|hold|wallet|session|person|voucher_run)\./.test(kind),
  );
  expect(others).toEqual([]);
});
