/** All transfers that an order caused: its sale, its payments, deliveries and refunds. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Transfer } from "../api/types";
import { Waiting } from "../kit/page";
import { Table } from "../kit/table";
import { Trouble } from "../kit/trouble";
import { Id, When } from "../kit/values";
import { useWords } from "../words";
import { AccountName, LedgerAmount } from "./ledger";

const MOST = 200;

export function OrderLedger({ order }: { order: string }) {
  const { money, orders } = useWords();
  const asked = useQuery({
    queryKey: ["order", order, "transfers"],
    queryFn: () => take(api.GET("/v1/transfers", { params: { query: { order, limit: MOST } } })),
  });
  if (asked.isPending) return <Waiting />;
  if (asked.error) return <Trouble error={asked.error} />;
  const rows = asked.data.data;
  if (rows.length === 0) return <p className="muted">{orders.noLedger}</p>;
  const columns = [
    { key: "at", title: money.at, cell: (row: Transfer) => <When at={row.at} /> },
    { key: "why", title: money.why, cell: (row: Transfer) => money.reasons[row.reason] },
    {
      key: "amount",
      title: money.amount,
      number: true,
      cell: (row: Transfer) => <LedgerAmount amount={row.amount} unit={row.unit} />,
    },
    { key: "debit", title: money.debit, cell: (row: Transfer) => <AccountName id={row.debit} /> },
    { key: "credit", title: money.credit2, cell: (row: Transfer) => <AccountName id={row.credit} /> },
    { key: "transfer", title: money.transfer, cell: (row: Transfer) => <Id id={row.id} /> },
  ];
  return <Table rows={rows} id={row => row.id} columns={columns} />;
}
