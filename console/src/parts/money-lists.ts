/** Payments and refunds as lists, and by what they are found. */

import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { paths } from "../api/schema";
import type { ListedPayment, ListedRefund, Money } from "../api/types";
import type { Filter } from "../kit/filters";
import type { Listed } from "../kit/list-page";
import type { Query, Wanted } from "../lib/address";
import { currencyApart, parsed } from "../lib/money";
import { days } from "../lib/time";
import { useMerchant } from "../session/context";
import { useWords } from "../words";

type PaymentsAsked = NonNullable<paths["/v1/payments"]["get"]["parameters"]["query"]>;
type RefundsAsked = NonNullable<paths["/v1/refunds"]["get"]["parameters"]["query"]>;

function amountOf(text: string | undefined): Money | undefined {
  const { typed, currency } = currencyApart(text ?? "");
  return typed ? parsed(typed, currency) : undefined;
}

/** The address's days and amount as the API takes them: instants, and minor units. */
export function asked({ filters, sort, ...rest }: Wanted, zone: string): Query | undefined {
  const { from: _, to: __, amount, ...others } = filters;
  const times = days(filters, zone);
  const exact = amountOf(amount);
  // What is no amount is no payment's.
  if (amount && (exact === undefined || exact.amount < 0)) return undefined;
  const { limit, after } = cursor(rest as Wanted);
  return {
    ...others,
    limit: String(limit),
    ...(after && { after }),
    ...(sort && { sort }),
    ...(times.from && { created_from: times.from }),
    ...(times.to && { created_before: times.to }),
    ...(exact && { currency: exact.currency, amount_from: String(exact.amount), amount_to: String(exact.amount) }),
  };
}

type Load<T> = (wanted: Wanted) => Promise<Listed<T>>;

export function usePayments(): Load<ListedPayment> {
  const { zone } = useMerchant();
  return async wanted => {
    const query = asked(wanted, zone) as PaymentsAsked | undefined;
    return query ? take(api.GET("/v1/payments", { params: { query } })) : { data: [] };
  };
}

export function useRefunds(): Load<ListedRefund> {
  const { zone } = useMerchant();
  return async wanted => {
    const query = asked(wanted, zone) as RefundsAsked | undefined;
    return query ? take(api.GET("/v1/refunds", { params: { query } })) : { data: [] };
  };
}

const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

/** What payments and refunds are both found by, after their states. */
export function useMoneyFilters(states: Record<string, string>): Filter[] {
  const { money } = useWords();
  return [
    { key: "state", label: money.state, choices: choices(states) },
    { key: "method", label: money.method, choices: choices(money.methods) },
    { key: "from", label: money.from, day: true },
    { key: "to", label: money.to, day: true },
    { key: "amount", label: money.amount, hint: "19.90", amount: true },
    { key: "order", label: money.order, brought: true },
  ];
}

export function useRefundFilters(): Filter[] {
  const { money } = useWords();
  const [state, method, ...rest] = useMoneyFilters(money.refundStates) as [Filter, Filter, ...Filter[]];
  return [state, method, { key: "cause", label: money.cause, choices: choices(money.causes) }, ...rest];
}
