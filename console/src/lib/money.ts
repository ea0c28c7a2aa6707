/** Money in whole minor units. Nothing here goes through a floating-point number with a fraction. */

import type { Currency, Money } from "../api/types";

/** How many digits of the minor unit a currency has. */
const DIGITS: Record<Currency, number> = { CNY: 2, HKD: 2, JPY: 0, SGD: 2, USD: 2, EUR: 2 };

const SIGNS: Record<Currency, string> = { CNY: "¥", HKD: "HK$", JPY: "JP¥", SGD: "S$", USD: "US$", EUR: "€" };

export const CURRENCIES = Object.keys(DIGITS) as Currency[];

export const sign = (currency: Currency): string => SIGNS[currency];

/** `1234.50` of 123450 fen: plain, as it stands in a field. */
export function plain({ amount, currency }: Money): string {
  const digits = DIGITS[currency];
  const text = Math.abs(amount)
    .toString()
    .padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const part = text.slice(text.length - digits);
  return `${amount < 0 ? "-" : ""}${whole}${digits ? `.${part}` : ""}`;
}

/** `¥1,234.50` of 123450 fen. */
export function written(money: Money): string {
  const text = plain(money);
  const [whole = "", part] = text.replace("-", "").split(".");
  const grouped = grouped3(whole);
  return `${text.startsWith("-") ? "−" : ""}${SIGNS[money.currency]}${grouped}${part === undefined ? "" : `.${part}`}`;
}

/** What a person typed as money: full-width digits, thousands' commas and a currency sign are understood. */
export function parsed(typed: string, currency: Currency): Money | undefined {
  const text = typed.normalize("NFKC").replace(/[\s,]|¥|元|HK\$|JP¥|US\$|S\$|€|[A-Z]{3}/g, "");
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match) return undefined;
  const [, minus = "", whole = "", part = ""] = match;
  const digits = DIGITS[currency];
  if (!/\d/.test(text) || part.length > digits) return undefined;
  const amount = Number(`${whole}${part.padEnd(digits, "0")}`);
  return Number.isSafeInteger(amount) ? { amount: minus && amount ? -amount : amount, currency } : undefined;
}

/** An amount and its currency as one short text, `19.90` or `19.90USD`; without a currency it is the first one. */
export const withCurrency = (typed: string, currency: Currency): string =>
  typed && currency !== CURRENCIES[0] ? `${typed}${currency}` : typed;

/** The two parts of such a text. */
export function currencyApart(text: string): { typed: string; currency: Currency } {
  const currency = CURRENCIES.find(one => text.endsWith(one));
  return currency ? { typed: text.slice(0, -3).trim(), currency } : { typed: text, currency: "CNY" };
}

/** So many percent of some money, rounded to the minor unit; a half goes up. */
export const share = ({ amount, currency }: Money, percent: number): Money => ({
  amount: Math.floor((amount * percent + 50) / 100),
  currency,
});

/** The sums of some money by currency, in the order in which the currencies come. */
export function sums(all: readonly Money[]): Money[] {
  const by = new Map<Currency, number>();
  for (const { amount, currency } of all) by.set(currency, (by.get(currency) ?? 0) + amount);
  return [...by].map(([currency, amount]) => ({ amount, currency }));
}

/** A decimal text of the ledger, `-1234.5025` or `50`, with its thousands apart. */
export function decimal(text: string): string {
  const [whole = "", part = ""] = text.replace("-", "").split(".");
  const shown = part.replace(/0+$/, "");
  return `${text.startsWith("-") ? "−" : ""}${grouped3(whole)}${shown ? `.${shown}` : ""}`;
}

/** A count with its thousands apart. */
export const count = (n: number): string => decimal(n.toString());

const grouped3 = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ",");
