/** What a voucher is worth, how long and where it is redeemed: as the API has it, and as a form asks for it. */

import { createElement } from "react";
import type { Currency, Money, OnExpiry, Sku, Validity, VoucherHours, VoucherWorth } from "../api/types";
import type { Field, Group } from "../kit/fields";
import type { Words } from "../words";
import { HoursInput } from "./hours-input";
import { ReferenceInput } from "./reference-input";

export type Present = "code" | "live" | "imported";

export interface TermsForm {
  voucher?: { type: VoucherWorth["type"]; uses?: number | null; amount?: Money | null };
  valid?: "ever" | "days" | "first_use" | "between";
  validity?: {
    days?: number | null;
    days_after_first_use?: number | null;
    from?: string | null;
    until?: string | null;
  } | null;
  stores?: string[];
  hours?: VoucherHours[];
  min_spend?: Money | null;
  present?: Present;
  expiry?: "refund" | "forfeit" | "extend";
  on_expiry?: { extend?: number | null };
}

export interface Terms {
  voucher: VoucherWorth;
  validity: Validity | null;
  stores: string[];
  hours: VoucherHours[];
  min_spend: Money | null;
  present: Present;
  on_expiry: OnExpiry;
}

const DAYS = 30;

/** A voucher of one use in 30 days, whose buyer gets back what he did not use. */
export const FRESH: TermsForm = {
  voucher: { type: "count", uses: 1 },
  valid: "days",
  validity: { days: DAYS, days_after_first_use: DAYS },
  stores: [],
  present: "code",
  expiry: "refund",
  on_expiry: { extend: DAYS },
};

export type TermsOfSku = Pick<Sku, "voucher" | "validity" | "stores" | "hours" | "min_spend" | "present" | "on_expiry">;

export function toTerms({ voucher, validity, stores, hours, min_spend, present, on_expiry }: TermsOfSku): TermsForm {
  if (!voucher) return {};
  const kind = !validity ? "ever" : "from" in validity ? "between" : "days" in validity ? "days" : "first_use";
  const extend = typeof on_expiry === "object" && on_expiry ? on_expiry.extend : undefined;
  return {
    voucher: { ...voucher },
    valid: kind,
    validity: { days: DAYS, days_after_first_use: DAYS, ...validity },
    stores: stores ?? [],
    hours: hours ?? [],
    min_spend: min_spend ?? null,
    present: present ?? "code",
    expiry: extend !== undefined ? "extend" : ((on_expiry as "refund" | "forfeit" | null | undefined) ?? "refund"),
    on_expiry: { extend: extend ?? DAYS },
  };
}

/** What is typed, as the API takes it; nothing for a SKU without vouchers. */
export function fromTerms(form: TermsForm): Terms | undefined {
  const { voucher, stores, hours, min_spend, present } = form;
  if (!voucher) return undefined;
  return {
    voucher: worthOf(voucher),
    validity: validityOf(form),
    stores: stores ?? [],
    hours: hours ?? [],
    min_spend: min_spend ?? null,
    present: present ?? "code",
    on_expiry: form.expiry === "extend" ? { extend: form.on_expiry?.extend ?? 0 } : (form.expiry ?? "refund"),
  };
}

/** What was not filled in is sent as nothing of it, which the API refuses beside its field. */
function worthOf({ type, uses, amount }: NonNullable<TermsForm["voucher"]>): VoucherWorth {
  if (type === "count") return { type, uses: uses ?? 0 };
  return { type, amount: amount ?? { amount: 0, currency: "CNY" } };
}

function validityOf({ valid, validity }: TermsForm): Validity | null {
  if (valid === "first_use") return { days_after_first_use: validity?.days_after_first_use ?? 0 };
  if (valid === "days") return { days: validity?.days ?? 0 };
  return valid === "between" ? { from: validity?.from ?? "", until: validity?.until ?? "" } : null;
}

const options = <K extends string>(words: Record<K, string>, helps?: Partial<Record<K, string>>) =>
  (Object.keys(words) as K[]).map(value => {
    const help = helps?.[value];
    return { value, label: words[value], ...(help && { help }) };
  });

const USES_MAX = 10_000;
const DAYS_MAX = 3_650;

/** `fixed` once the SKU is there: what its vouchers count stays. */
export function termsGroup({ vouchers }: Words, currency: Currency, form: TermsForm, fixed: boolean): Group {
  const { present } = form;
  const days = { kind: "integer", min: 1, max: DAYS_MAX, unit: vouchers.daysUnit, required: true } as const;
  const worth: Field =
    form.voucher?.type === "amount"
      ? { kind: "money", name: "voucher.amount", label: vouchers.amountField, required: true, currency }
      : {
          kind: "integer",
          name: "voucher.uses",
          label: vouchers.usesField,
          unit: vouchers.usesUnit,
          min: 1,
          max: USES_MAX,
          required: true,
        };
  const term: Record<NonNullable<TermsForm["valid"]>, Field[]> = {
    ever: [],
    days: [{ ...days, name: "validity.days", label: vouchers.days }],
    first_use: [{ ...days, name: "validity.days_after_first_use", label: vouchers.days }],
    between: [
      { kind: "time", name: "validity.from", label: vouchers.from, required: true },
      { kind: "time", name: "validity.until", label: vouchers.untilField, help: vouchers.untilHelp, required: true },
    ],
  };
  return {
    title: vouchers.template,
    help: fixed && vouchers.templateHelp,
    fields: [
      {
        kind: "choice",
        name: "voucher.type",
        label: vouchers.type,
        required: true,
        disabled: fixed,
        choices: options(vouchers.types, vouchers.typeHelps),
        help: fixed && vouchers.typeFixed,
      },
      worth,
      { kind: "choice", name: "valid", label: vouchers.valid, required: true, choices: options(vouchers.valids) },
      ...term[form.valid ?? "ever"],
      {
        kind: "own",
        name: "stores",
        label: vouchers.stores,
        help: vouchers.storesHelp,
        input: createElement(ReferenceInput, { kind: "store", many: true }),
      },
      {
        kind: "own",
        name: "hours",
        label: vouchers.hours,
        help: vouchers.hoursHelp,
        input: createElement(HoursInput),
      },
      { kind: "money", name: "min_spend", label: vouchers.minSpend, help: vouchers.minSpendHelp, currency },
      {
        kind: "choice",
        name: "present",
        label: vouchers.present,
        required: true,
        // Whether codes are imported stays as it was when the SKU was made.
        choices: options(vouchers.presents, vouchers.presentHelps).filter(
          ({ value }) => !fixed || (value === "imported") === (present === "imported"),
        ),
      },
      {
        kind: "choice",
        name: "expiry",
        label: vouchers.onExpiry,
        required: true,
        choices: options(vouchers.expiries, vouchers.expiryHelps),
      },
      ...(form.expiry === "extend" ? [{ ...days, name: "on_expiry.extend", label: vouchers.extendDays }] : []),
    ],
  };
}
