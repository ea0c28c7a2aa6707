import { expect, test } from "vitest";
import zh from "../words/zh";
import { FRESH, fromTerms, type TermsOfSku, termsGroup, toTerms } from "./voucher-terms";

const amount = { amount: 10_000, currency: "CNY" } as const;

const TERMS: unknown[] = [
  {
    voucher: { type: "count", uses: 3 },
    validity: { days: 30 },
    stores: [],
    hours: [],
    min_spend: null,
    present: "code",
    on_expiry: "refund",
  },
  {
    voucher: { type: "amount", amount },
    validity: null,
    stores: ["sto_1"],
    hours: [],
    min_spend: null,
    present: "live",
    on_expiry: "forfeit",
  },
  {
    voucher: { type: "count", uses: 1 },
    validity: { from: "2026-12-01T00:00:00Z", until: "2027-01-01T00:00:00Z" },
    stores: ["sto_1", "sto_2"],
    hours: [{ days: [6, 7], from: "10:00", until: "24:00" }],
    min_spend: amount,
    present: "code",
    on_expiry: { extend: 7 },
  },
  {
    voucher: { type: "count", uses: 9 },
    validity: { days_after_first_use: 30 },
    stores: [],
    hours: [],
    min_spend: null,
    present: "live",
    on_expiry: "refund",
  },
];

test.each(TERMS)("what is not touched comes back as it was: %o", terms =>
  expect(JSON.stringify(fromTerms(toTerms(terms as TermsOfSku)))).toBe(JSON.stringify(terms)),
);

test("a SKU of codes has none of it", () => {
  expect(toTerms({} as TermsOfSku)).toEqual({});
  expect(fromTerms({})).toBeUndefined();
});

test("another type takes its own field alone", () => {
  const form = { ...FRESH, voucher: { type: "amount" as const, uses: 1, amount } };
  expect(fromTerms(form)?.voucher).toEqual({ type: "amount", amount });
  expect(fromTerms({ ...form, voucher: { ...form.voucher, type: "count" } })?.voucher).toEqual({
    type: "count",
    uses: 1,
  });
});

test("what was not filled in is left to the API to refuse", () =>
  expect(fromTerms({ voucher: { type: "count" }, valid: "days", expiry: "extend" })).toEqual({
    voucher: { type: "count", uses: 0 },
    validity: { days: 0 },
    stores: [],
    hours: [],
    min_spend: null,
    present: "code",
    on_expiry: { extend: 0 },
  }));

test("the form asks for what was chosen", () => {
  const names = (form: typeof FRESH) => termsGroup(zh, "CNY", form, false).fields.map(({ name }) => name);
  expect(names(FRESH)).toEqual([
    "voucher.type",
    "voucher.uses",
    "valid",
    "validity.days",
    "stores",
    "hours",
    "min_spend",
    "present",
    "expiry",
  ]);
  const other = {
    ...FRESH,
    voucher: { type: "amount" as const },
    valid: "between" as const,
    expiry: "extend" as const,
  };
  expect(names(other)).toEqual([
    "voucher.type",
    "voucher.amount",
    "valid",
    "validity.from",
    "validity.until",
    "stores",
    "hours",
    "min_spend",
    "present",
    "expiry",
    "on_expiry.extend",
  ]);
  expect(termsGroup(zh, "CNY", FRESH, true).fields[0]).toMatchObject({ disabled: true });
});
