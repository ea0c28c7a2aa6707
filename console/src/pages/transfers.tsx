/** All transfers of the books. */

import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Transfer } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Id, When } from "../kit/values";
import { AccountName, LedgerAmount, Unit } from "../parts/ledger";
import { useWords } from "../words";

export default function Transfers() {
  const { money } = useWords();
  const columns: Column<Transfer>[] = [
    { key: "id", title: money.transfer, cell: one => <Id id={one.id} /> },
    { key: "at", title: money.at, cell: one => <When at={one.at} /> },
    { key: "reason", title: money.why, cell: one => money.reasons[one.reason] },
    {
      key: "amount",
      fields: ["amount", "unit"],
      title: money.amount,
      number: true,
      cell: one => <LedgerAmount amount={one.amount} unit={one.unit} />,
    },
    { key: "unit", title: money.unit, extra: true, cell: one => <Unit unit={one.unit} /> },
    { key: "debit", title: money.debit, cell: one => <AccountName id={one.debit} /> },
    { key: "credit", title: money.credit2, cell: one => <AccountName id={one.credit} /> },
    { key: "subject", title: money.subject, cell: one => <Id id={one.subject} /> },
  ];
  return (
    <ListPage
      title={money.transfersTitle}
      intro={money.transfersIntro}
      name="transfers"
      columns={columns}
      id={one => one.id}
      load={wanted => take(api.GET("/v1/transfers", { params: { query: cursor(wanted) } }))}
      empty={{ title: money.transfersEmptyTitle, text: money.transfersEmptyText }}
    />
  );
}
