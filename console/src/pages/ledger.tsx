/** The accounts of the books. */

import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Account } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Id } from "../kit/values";
import { LedgerAmount, Owner, Unit } from "../parts/ledger";
import { useWords } from "../words";

export default function Ledger() {
  const { money, frame } = useWords();
  const columns: Column<Account>[] = [
    { key: "id", title: money.account, cell: one => <Id id={one.id} /> },
    { key: "kind", title: money.accountKind, cell: one => money.kinds[one.kind] },
    { key: "owner", title: money.owner, cell: one => <Owner id={one.owner} /> },
    { key: "unit", title: money.unit, extra: true, cell: one => <Unit unit={one.unit} /> },
    {
      key: "balance",
      fields: ["balance", "unit"],
      title: money.balance,
      number: true,
      cell: one => <LedgerAmount amount={one.balance} unit={one.unit} />,
    },
    { key: "held", title: money.held, number: true, cell: one => <LedgerAmount amount={one.held} unit={one.unit} /> },
  ];
  return (
    <ListPage
      title={money.ledgerTitle}
      intro={money.ledgerIntro}
      acts={<Go to="/transfers">{frame.pages.transfers}</Go>}
      name="accounts"
      columns={columns}
      id={one => one.id}
      load={wanted => take(api.GET("/v1/accounts", { params: { query: cursor(wanted) } }))}
      empty={{ title: money.accountsEmptyTitle, text: money.accountsEmptyText }}
    />
  );
}
