/** A SKU as a form shows it: the refund rule in two fields, everything else as the API has it. */

import type { Sku, SkuChange } from "../api/types";
import { changes, type Group } from "../kit/fields";
import type { Words } from "../words";

type Rule = "none" | "before_reveal" | "before_redeem" | "days";

export type SkuForm = Omit<SkuChange, "refund"> & { rule: Rule; days?: number | null };

const DAYS = 7;

export function toForm(sku: Sku): SkuForm {
  const { refund, ...rest } = sku;
  const days = typeof refund === "object" ? refund.days : DAYS;
  return { ...(rest as SkuChange), rule: typeof refund === "object" ? "days" : refund, days };
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
] as const satisfies readonly (keyof SkuChange)[];

/** Only what is another now than it was. */
export function fromForm({ rule, days, ...rest }: SkuForm, was: Sku): SkuChange {
  const refund = rule === "days" ? { days: days ?? DAYS } : rule;
  const whole: SkuChange = { ...rest, refund, min_days_left: rest.min_days_left ?? 0 };
  const sent = (from: object) => Object.fromEntries(SENT.map(key => [key, (from as Record<string, unknown>)[key]]));
  return changes(sent(was), sent(whole)) as SkuChange;
}

const options = <K extends string>(words: Record<K, string>, helps: Record<K, string>) =>
  (Object.keys(words) as K[]).map(value => ({ value, label: words[value], help: helps[value] }));

export function skuGroups({ catalog, kit }: Words, sku: Sku, form: Partial<SkuForm>): Group[] {
  const { currency } = sku.price;
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
    {
      title: catalog.limitGroup,
      fields: [
        { ...pieces, name: "limits.per_order", label: catalog.perOrder, help: catalog.perOrderHelp },
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
          choices: options(catalog.refundRules, catalog.refundRuleHelps).filter(
            ({ value }) => value !== (sku.kind === "voucher" ? "before_reveal" : "before_redeem"),
          ),
        },
        ...(form.rule === "days"
          ? [{ kind: "integer", name: "days", label: catalog.days, min: 1, required: true } as const]
          : []),
        {
          kind: "choice",
          name: "returned_codes",
          label: catalog.returnedCodes,
          required: true,
          choices: options(catalog.returned, catalog.returnedHelps),
        },
      ],
    },
    {
      title: catalog.stockGroup,
      fields: [
        { kind: "integer", min: 0, name: "stock_alarm", label: catalog.stockAlarm, help: catalog.stockAlarmHelp },
        { kind: "integer", min: 0, name: "min_days_left", label: catalog.minDaysLeft, help: catalog.minDaysLeftHelp },
      ],
    },
    {
      title: catalog.moreGroup,
      fields: [
        {
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
        },
        { kind: "text", name: "tax_code", label: catalog.taxCode, help: catalog.taxCodeHelp },
      ],
    },
  ];
}
