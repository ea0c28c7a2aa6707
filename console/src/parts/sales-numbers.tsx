/** The sums of a period, each beside that of the period before, and each the way to its rows. */

import { Link } from "@tanstack/react-router";
import { count, written } from "../lib/money";
import { change, type Period } from "../lib/period";
import { useWords } from "../words";
import { MEASURES, type Measure, numberOf, type Only, type Sums } from "./sales";
import { ordersOf, refundsOf } from "./sales-names";

interface SalesNumbersProps {
  now: Sums;
  before: Sums;
  period: Period;
  only: Only;
}

export function SalesNumbers({ now, before, period, only }: SalesNumbersProps) {
  const { reports } = useWords();
  return (
    <section aria-label={reports.sums} className="numbers">
      {MEASURES.filter(measure => now[measure] !== null).map(measure => (
        <Link key={measure} to={measure === "refunded" ? refundsOf({ period, only }) : ordersOf({ period, only })}>
          <span className="muted">{reports.measures[measure]}</span>
          <strong>{said(now, measure)}</strong>
          <Change now={numberOf(now, measure)} was={numberOf(before, measure)} text={said(before, measure)} />
        </Link>
      ))}
    </section>
  );
}

/** A measure as it is written. */
export function said(sums: Sums, measure: Measure): string {
  const value = sums[measure];
  if (value === null || value === undefined) return "–";
  return typeof value === "number" ? count(value) : written(value);
}

/** How much more or less than before. */
export function Change({ now, was, text }: { now: number; was: number; text: string }) {
  const { reports } = useWords();
  const percent = change(now, was);
  return (
    <small className="muted change-of" title={reports.was(text)}>
      {percent === undefined ? reports.was(text) : reports.changed(percent)}
    </small>
  );
}
