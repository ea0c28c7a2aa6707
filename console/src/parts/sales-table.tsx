/** The rows of a report: what its chart shows and all the rest, each number the way to what it counts. */

import { Link } from "@tanstack/react-router";
import { Table } from "../kit/table";
import type { Period } from "../lib/period";
import { useWords } from "../words";
import { type By, type Line, MEASURES, type Measure, numberOf, type Only, type Sums } from "./sales";
import { insideOf, ordersOf, type Row, refundsOf, useKeyName } from "./sales-names";
import { Change, said } from "./sales-numbers";

interface SalesTableProps {
  lines: Line[];
  by: By;
  period: Period;
  only: Only;
  sums: { now: Sums; before: Sums };
}

/** The row of the sum has no key. */
const SUM = "";

const happened = ({ orders, refunded }: Sums): boolean => orders > 0 || refunded.amount > 0;

export function SalesTable({ lines, by, period, only, sums }: SalesTableProps) {
  const { reports } = useWords();
  const rowOf = ({ key }: Line): Row => (key === SUM ? { period, only } : { period, only, by, key });
  const columns = [
    {
      key: "key",
      title: reports.of[by],
      cell: (line: Line) => (line.key === SUM ? <strong>{reports.sum}</strong> : <Key of={line} row={rowOf(line)} />),
    },
    ...MEASURES.filter(measure => sums.now[measure] !== null).map(measure => ({
      key: measure,
      title: reports.measures[measure],
      number: true,
      cell: (line: Line) => <Value of={line.now} row={rowOf(line)} measure={measure} />,
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
  const shown = lines.filter(({ now, before }) => happened(now) || happened(before));
  return <Table rows={[...shown, { key: SUM, ...sums }]} id={line => line.key || "sum"} columns={columns} />;
}

function Key({ of: { key, now, before }, row }: { of: Line; row: Row }) {
  const nameOf = useKeyName(row.by ?? "day");
  const name = nameOf(key);
  // A SKU that is in nobody's catalogue any more still has the name that it was sold under.
  const text = name === key ? (now.name ?? before.name ?? key) : name;
  const to = insideOf(row);
  return to ? <Link to={to}>{text}</Link> : text;
}

function Value({ of, row, measure }: { of: Sums; row: Row; measure: Measure }) {
  if (!happened(of) || numberOf(of, measure) === 0) return <span className="muted">{said(of, measure)}</span>;
  return <Link to={measure === "refunded" ? refundsOf(row) : ordersOf(row)}>{said(of, measure)}</Link>;
}
