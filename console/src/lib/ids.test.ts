import { expect, test } from "vitest";
import { brief, pageOf, prefix } from "./ids";

const id = "ord_01m8k9s4arbyy6jvs15q75gvna";

test("an order's id finds its page", () => expect(pageOf(id)).toBe(`/orders/${id}`));
test("so does a voucher's, and a store's", () => {
  expect(pageOf("vch_01m8k9s4arbyy6jvs15q75gvna")).toBe("/vouchers/vch_01m8k9s4arbyy6jvs15q75gvna");
  expect(pageOf("sto_01m8k9s4arbyy6jvs15q75gvna")).toBe("/stores/sto_01m8k9s4arbyy6jvs15q75gvna");
});
test("what has no page finds none", () => {
  expect(pageOf("key_01m8k9s4arbyy6jvs15q75gvna")).toBeUndefined();
  expect(pageOf("ord_01")).toBeUndefined();
  expect(pageOf("constructor_01m8k9s4arbyy6jvs15q75gvna")).toBeUndefined();
  expect(prefix("13800000000")).toBeUndefined();
});
test("a brief id keeps kind and end", () => expect(brief(id)).toBe("ord_…75gvna"));
