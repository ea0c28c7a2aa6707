/** What a report is asked about, as it stands in the address. */

import { useLocation, useNavigate } from "@tanstack/react-router";
import type { Currency } from "../api/types";
import { readQuery, writeQuery } from "../lib/address";
import { lengthOf, type Period, periodOf } from "../lib/period";
import { type By, MEASURES, type Measure, type Only, WAYS } from "./sales";

/** Hours of more days are not shown: nobody reads so many. */
const HOURS_DAYS_MAX = 7;

export interface Asked {
  period: Period;
  by: By;
  measure: Measure;
  only: Only;
  currency?: Currency;
}

export type Ask = (next: Partial<Record<keyof Period | keyof Only | "by" | "measure" | "currency", string>>) => void;

/** The ways in which a period can be cut, and a report narrowed as it is. */
export const waysOf = (period: Period): By[] =>
  WAYS.filter(way => way !== "hour" || lengthOf(period) <= HOURS_DAYS_MAX);

const among = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find(one => one === text);

export function askedBy(query: Record<string, string>, today: string): Asked {
  const period = periodOf(query, today);
  const { sku, channel, currency } = query;
  return {
    period,
    by: among(waysOf(period), query.by) ?? "day",
    measure: among(MEASURES, query.measure) ?? "net",
    only: { ...(sku && { sku }), ...(channel && { channel }) },
    ...(currency && { currency: currency as Currency }),
  };
}

/** What the address asks for, and how to ask for something else. */
export function useAsked(today: string): [Asked, Ask] {
  const { searchStr } = useLocation();
  const navigate = useNavigate();
  const query = readQuery(searchStr);
  return [askedBy(query, today), next => void navigate({ to: `/reports${writeQuery({ ...query, ...next })}` })];
}
