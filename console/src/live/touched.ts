/** Which of the things that were asked become old by what happened. */

import type { QueryKey } from "@tanstack/react-query";

const MONEY = ["accounts", "entries", "transfers", "wallets", "wallet-entries"];
const GOODS = ["products", "stock", "imports", "batches", "expiries", "overview"];
const SALES = ["orders", "order", "overview", "reports", ...MONEY];

/** By the first word of a fact's kind, the first words of keys. */
const TOUCHED: Record<string, readonly string[]> = {
  order: [...SALES, ...GOODS, "payments"],
  payment: ["payments", ...SALES],
  refund: ["refunds", "payments", ...SALES, ...GOODS],
  content: ["contents", ...GOODS],
  voucher: ["vouchers", "redemptions", "overview", ...MONEY],
  vouchers: ["vouchers", "overview", ...MONEY],
  voucher_run: ["voucher-runs", "vouchers"],
  device: ["devices"],
  hold: MONEY,
  wallet: MONEY,
  buyer: ["wallets"],
  product: GOODS,
  sku: GOODS,
  stock: GOODS,
  code: GOODS,
  codes: [...GOODS, "order"],
  batch: GOODS,
  import: GOODS,
  doubts: GOODS,
  approval: ["approvals", "approval"],
  api_key: ["own-keys", "keys"],
  export: ["exports"],
  session: ["own"],
  person: ["own"],
};

/** Whatever happens stands there. */
const ALWAYS = ["journal", "audit"];

/** The words of keys that facts of these kinds touch; a kind of resources touches the list that is named after it. */
export function touchedBy(kinds: Iterable<string>): (key: QueryKey) => boolean {
  const words = new Set<string>(ALWAYS);
  const resources: string[] = [];
  for (const kind of kinds) {
    const [first = ""] = kind.split(".");
    const known = TOUCHED[first];
    if (known) for (const word of known) words.add(word);
    else resources.push(first);
  }
  return key => {
    const [first] = key;
    if (typeof first !== "string" || isForm(key)) return false;
    return words.has(first) || resources.some(kind => first.replaceAll("-", "_").startsWith(kind));
  };
}

/** What a form was filled with stays as it was: whoever types there would lose it, and saving says that it is old. */
export function isForm([first, second]: QueryKey): boolean {
  if (first === "products") return typeof second === "string" && second !== "all";
  return first === "shop" || first === "the-one" || first === "resource" || first === "history";
}
