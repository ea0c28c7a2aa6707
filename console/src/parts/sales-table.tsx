/** The rows of a report: what its chart shows and all the rest, each number the way to what it counts. */

import { Link } from "@tanstack/react-router";
import { Table } from "../kit/table";
import type { Period } from "../lib/period";
import { useWords } from "../words";
import { type By, type Line, MEASURES, type Measure, numberOf, type Sums } from "./sales";
import { ordersOf, refundsOf, useKeyName } from "./sales-names";
import { Change, said } from "./sales-numbers";

interface SalesTableProps {
  lines: Line[];
  by: By;
  period: Period;
  sums: { now: Sums; before: Sums };
}

/** The row of the sum has no key. */
const SUM = "";

export function SalesTable({ lines, by, period, sums }: SalesTableProps) {
  const { reports } = useWords();
  const nameOf = useKeyName(by);
  const sold = lines.filter(({ now, before }) => now.orders || before.orders || now.refunded.amount);
  const key = (line: Line) => line.key || undefined;
  const link = (line: Line, measure: Measure) => {
    const to = measure === "refunded" ? refundsOf : ordersOf;
    return <Link to={line.key ? to(period, by, key(line)) : to(period)}>{said(line.now, measure)}</Link>;
  };
  const columns = [
    {
      key: "key",
      title: reports.ways[by],
      cell: (line: Line) => (line.key === SUM ? <strong>{reports.sum}</strong> : nameOf(line.key)),
    },
    ...MEASURES.filter(measure => sums.now[measure] !== null).map(measure => ({
      key: measure,
      title: reports.measures[measure],
      number: true,
      cell: (line: Line) => (numberOf(line.now, measure) || measure === "net" ? link(line, measure) : "–"),
    })),
    {
      key: "change",
      title: reports.change,
      number: true,
      cell: ({ now, before }: Line) => (
        <Change now={now.net.amount} was={before.net.amount} text={said(before, "net")} />
      ),
    },
  ];
  return <Table rows={[...sold, { key: SUM, ...sums }]} id={line => line.key || "sum"} columns={columns} />;
}
