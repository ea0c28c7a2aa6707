/** The chart of a report: a line over time with the period before, or bars of what sold most. */

import type { Currency } from "../api/types";
import { Chart, type ChartSeries } from "../kit/chart";
import { count, written } from "../lib/money";
import { useWords } from "../words";
import { type By, type Line, type Measure, numberOf } from "./sales";
import { useKeyName } from "./sales-names";

/** As many bars as are drawn; the table has all rows. */
const BARS = 12;

interface SalesChartProps {
  lines: Line[];
  by: By;
  measure: Measure;
  currency: Currency;
}

export function SalesChart({ lines, by, measure, currency }: SalesChartProps) {
  const { reports } = useWords();
  const nameOf = useKeyName(by);
  const time = by === "day" || by === "hour";
  const most = lines.toSorted((a, b) => numberOf(b.now, measure) - numberOf(a.now, measure)).slice(0, BARS);
  const drawn = time ? lines : most;
  const pieces = measure === "orders" || measure === "quantity";
  const write = (value: number) => (pieces ? count(value) : written({ amount: value, currency }));
  const of = (name: string, side: "now" | "before"): ChartSeries => ({
    name,
    values: drawn.map(line => (line[side].margin || measure !== "margin" ? numberOf(line[side], measure) : null)),
    ...(side === "before" && { before: true }),
  });
  return (
    <Chart
      title={reports.chartOf(reports.measures[measure], reports.ways[by])}
      labels={drawn.map(line => nameOf(line.key))}
      series={[of(reports.now, "now"), of(reports.before, "before")]}
      write={write}
      kind={time ? "time" : "names"}
    />
  );
}
