/** A SKU as a form shows it: the refund rule and what its vouchers are in fields of their own, everything else as the API has it. */

import type { Sku, SkuChange } from "../api/types";
import { changes, type Field, type Group } from "../kit/fields";
import type { Words } from "../words";
import { isStocked } from "./states";
import { fromTerms, type Terms, type TermsForm, termsGroup, toTerms } from "./voucher-terms";

type Rule = "none" | "before_reveal" | "before_redeem" | "days";

export type SkuForm = Omit<SkuChange, "refund" | keyof Terms> & TermsForm & { rule: Rule; days?: number | null };

const DAYS = 7;

export function toForm(sku: Sku): SkuForm {
  const { refund, voucher: _, validity, stores, hours, min_spend, present, on_expiry, ...rest } = sku;
  const days = typeof refund === "object" ? refund.days : DAYS;
  const rule = typeof refund === "object" ? "days" : refund;
  return { ...(rest as Omit<SkuChange, keyof Terms>), ...toTerms(sku), rule, days };
}

const SENT = [
  "name",
  "en",
  "price",
  "list_price",
  "cost",
  "on_shelf",
  "sale_from",
  "sale_until",
  "limits",
  "refund",
  "returned_codes",
  "stock_alarm",
  "min_days_left",
  "tax_code",
  "code_fields",
  "voucher",
  "validity",
  "stores",
  "hours",
  "min_spend",
  "present",
  "on_expiry",
] as const satisfies readonly (keyof SkuChange)[];

/** Only what is another now than it was. */
export function fromForm(form: SkuForm, was: Sku): SkuChange {
  const {
    rule,
    days,
    voucher: _,
    validity,
    stores,
    hours,
    min_spend,
    present,
    valid,
    expiry,
    on_expiry,
    ...rest
  } = form;
  const refund = rule === "days" ? { days: days ?? DAYS } : rule;
  const whole: SkuChange = { ...rest, ...fromTerms(form), refund, min_days_left: rest.min_days_left ?? 0 };
  const sent = (from: object) => Object.fromEntries(SENT.map(key => [key, (from as Record<string, unknown>)[key]]));
  return changes(sent(was), sent(whole)) as SkuChange;
}

const options = <K extends string>(words: Record<K, string>, helps: Record<K, string>) =>
  (Object.keys(words) as K[]).map(value => ({ value, label: words[value], help: helps[value] }));

export function skuGroups(words: Words, sku: Sku, form: Partial<SkuForm>): Group[] {
  const { catalog, kit } = words;
  const { currency } = sku.price;
  // A voucher of ours is made when it is paid, a content is there for all: they have no stock, and no fields that somebody imports.
  const [ofCodes, ofVouchers] = [sku.kind === "code", sku.kind === "voucher"];
  const pieces = { kind: "integer", min: 1, hint: kit.unlimited } as const;
  return [
    {
      title: catalog.saleGroup,
      fields: [
        { kind: "text", name: "name", label: catalog.name, required: true, max: 200 },
        { kind: "text", name: "en.name", label: catalog.nameEn },
        { kind: "money", name: "price", label: catalog.price, help: catalog.priceHelp, required: true, currency },
        { kind: "money", name: "list_price", label: catalog.listPrice, help: catalog.listPriceHelp, currency },
        { kind: "decimal", name: "cost", label: catalog.cost, help: catalog.costHelp },
        { kind: "switch", name: "on_shelf", label: catalog.onShelf, help: catalog.onShelfHelp },
        { kind: "time", name: "sale_from", label: catalog.saleFrom, help: catalog.saleFromHelp },
        { kind: "time", name: "sale_until", label: catalog.saleUntil, help: catalog.saleUntilHelp },
      ],
    },
    ...(ofVouchers ? [termsGroup(words, currency, form, true)] : []),
    {
      title: catalog.limitGroup,
      fields: [
        // What is shared is bought once an order.
        ...(sku.kind === "content"
          ? []
          : [{ ...pieces, name: "limits.per_order", label: catalog.perOrder, help: catalog.perOrderHelp } as const]),
        { ...pieces, name: "limits.per_user", label: catalog.perUser, help: catalog.perUserHelp },
        {
          ...pieces,
          hint: "20",
          name: "limits.held_per_browser",
          label: catalog.heldPerBrowser,
          help: catalog.heldPerBrowserHelp,
        },
        {
          ...pieces,
          hint: "200",
          name: "limits.held_per_address",
          label: catalog.heldPerAddress,
          help: catalog.heldPerAddressHelp,
        },
        {
          ...pieces,
          hint: "½",
          name: "limits.held_by_guests",
          label: catalog.heldByGuests,
          help: catalog.heldByGuestsHelp,
        },
      ],
    },
    {
      title: catalog.refundGroup,
      fields: [
        {
          kind: "choice",
          name: "rule",
          label: catalog.refund,
          required: true,
          choices: rules(catalog, ofVouchers),
        },
        ...(form.rule === "days"
          ? [{ kind: "integer", name: "days", label: catalog.days, min: 1, required: true } as const]
          : []),
        ...(ofCodes
          ? [
              {
                kind: "choice",
                name: "returned_codes",
                label: catalog.returnedCodes,
                required: true,
                choices: options(catalog.returned, catalog.returnedHelps),
              } as const,
            ]
          : []),
      ],
    },
    ...(isStocked(sku) ? [stockGroup(catalog)] : []),
    {
      title: catalog.moreGroup,
      fields: [
        ...(ofCodes ? [codeFields(catalog)] : []),
        { kind: "text", name: "tax_code", label: catalog.taxCode, help: catalog.taxCodeHelp },
      ],
    },
  ];
}

/** Codes and contents were seen or not, vouchers used or not. */
function rules({ refundRules, refundRuleHelps, unusedInDays }: Words["catalog"], ofVouchers: boolean) {
  const other: Rule = ofVouchers ? "before_reveal" : "before_redeem";
  const helps = ofVouchers ? { ...refundRuleHelps, days: unusedInDays } : refundRuleHelps;
  return options(refundRules, helps).filter(({ value }) => value !== other);
}

const stockGroup = (catalog: Words["catalog"]): Group => ({
  title: catalog.stockGroup,
  fields: [
    { kind: "integer", min: 0, name: "stock_alarm", label: catalog.stockAlarm, help: catalog.stockAlarmHelp },
    { kind: "integer", min: 0, name: "min_days_left", label: catalog.minDaysLeft, help: catalog.minDaysLeftHelp },
  ],
});

const codeFields = (catalog: Words["catalog"]): Field => ({
  kind: "rows",
  name: "code_fields",
  label: catalog.codeFields,
  help: catalog.codeFieldsHelp,
  most: 12,
  add: catalog.codeFieldAdd,
  fresh: { code: "", name: null, secret: true },
  cells: [
    { kind: "text", name: "code", label: catalog.codeFieldCode },
    { kind: "text", name: "name", label: catalog.name },
    { kind: "switch", name: "secret", label: catalog.secretField },
  ],
});
