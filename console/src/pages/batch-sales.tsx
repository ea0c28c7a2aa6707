/** What batches of codes earned, newest first. */

import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { BatchSales } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { When } from "../kit/values";
import { brief } from "../lib/ids";
import { count, written } from "../lib/money";
import { useSkuName } from "../parts/catalog";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function BatchSalesPage() {
  const { reports } = useWords();
  const nameOf = useSkuName();
  const sees = useCan()("costs:read");
  const sums = (one: BatchSales, what: "net" | "cost" | "margin") =>
    one.earned.map(line => (line[what] ? written(line[what]) : "–")).join(" + ") || "–";
  const orders = (one: BatchSales) => <Link to={`/orders?batch=${one.batch}`}>{count(one.sold)}</Link>;
  const columns: Column<BatchSales>[] = [
    {
      key: "name",
      title: reports.batch,
      cell: one => <Link to={`/batches/${one.batch}`}>{one.name ?? brief(one.batch)}</Link>,
    },
    { key: "sku", title: reports.of.sku, cell: one => <Link to={`/skus/${one.sku}`}>{nameOf(one.sku)}</Link> },
    { key: "supplier", title: reports.supplier, cell: one => one.supplier ?? "–" },
    { key: "codes", title: reports.codes, number: true, cell: one => count(one.codes) },
    { key: "sold", title: reports.sold, number: true, cell: one => (one.sold ? orders(one) : count(0)) },
    { key: "returned", title: reports.returned, number: true, extra: true, cell: one => count(one.returned) },
    { key: "earned.net", title: reports.measures.net, number: true, cell: one => sums(one, "net") },
  ];
  const costs: Column<BatchSales>[] = [
    { key: "earned.cost", title: reports.cost, number: true, cell: one => sums(one, "cost") },
    { key: "earned.margin", title: reports.measures.margin, number: true, cell: one => sums(one, "margin") },
  ];
  const at: Column<BatchSales> = {
    key: "created_at",
    title: reports.of.day,
    cell: one => <When at={one.created_at} />,
  };
  return (
    <ListPage
      title={reports.batches}
      intro={reports.batchesIntro}
      back={{ to: "/reports", text: reports.title }}
      name="batch-sales"
      columns={[...columns, ...(sees ? costs : []), at]}
      id={one => one.batch}
      load={wanted => take(api.GET("/v1/reports/code-batches", { params: { query: cursor(wanted) } }))}
      empty={{ title: reports.batchesEmptyTitle, text: reports.batchesEmptyText }}
    />
  );
}
