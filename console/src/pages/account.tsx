/** One account: its entries, each with what caused it and where the other side is. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Account, AccountEntry } from "../api/types";
import { type Column, List } from "../kit/list-page";
import { Go, Nothing, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, Id, When } from "../kit/values";
import { AccountName, LedgerAmount, Owner, Unit } from "../parts/ledger";
import { useWords } from "../words";

/** Only these keep the balance after each entry. */
const WITH_ENTRIES: Account["kind"][] = ["wallet", "stock"];

export default function AccountPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { money } = useWords();
  const path = { id };
  const asked = useQuery({
    queryKey: ["accounts", id],
    queryFn: () => take(api.GET("/v1/accounts/{id}", { params: { path } })),
  });
  const back = { to: "/ledger", text: money.ledgerTitle };
  if (asked.error)
    return (
      <Page title={money.account} back={back}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  const account = asked.data;
  const columns: Column<AccountEntry>[] = [
    { key: "at", title: money.at, cell: one => <When at={one.at} full /> },
    { key: "reason", title: money.why, cell: one => money.reasons[one.reason] },
    {
      key: "amount",
      fields: ["amount", "unit"],
      title: money.amount,
      number: true,
      cell: one => <LedgerAmount amount={one.amount} unit={one.unit} />,
    },
    {
      key: "balance",
      title: money.after,
      number: true,
      cell: one => (one.balance ? <LedgerAmount amount={one.balance} unit={one.unit} /> : "–"),
    },
    { key: "other", title: money.other, cell: one => <AccountName id={one.other} /> },
    { key: "subject", title: money.subject, cell: one => <Id id={one.subject} /> },
    { key: "id", title: money.transfer, extra: true, cell: one => <Id id={one.id} /> },
  ];
  const load = (wanted: Parameters<typeof cursor>[0]) =>
    take(api.GET("/v1/accounts/{id}/entries", { params: { path, query: cursor(wanted) } }));
  return (
    <Page title={money.kinds[account.kind]} intro={<Owner id={account.owner} />} back={back}>
      <Section title={money.account}>
        <Facts
          items={[
            ["ID", <Id key="id" id={id} whole />],
            [money.unit, <Unit key="unit" unit={account.unit} />],
            [money.balance, <LedgerAmount key="balance" amount={account.balance} unit={account.unit} />],
            [money.held, <LedgerAmount key="held" amount={account.held} unit={account.unit} />],
          ]}
        />
      </Section>
      <Section title={money.entries}>
        {WITH_ENTRIES.includes(account.kind) ? (
          <List
            name="entries"
            of={id}
            columns={columns}
            id={one => one.id}
            load={load}
            empty={{ title: money.entriesEmptyTitle, text: money.entriesEmptyText }}
          />
        ) : (
          <Nothing title={money.noEntries} text={money.noEntriesText}>
            <Go to="/transfers">{money.transfersTitle}</Go>
          </Nothing>
        )}
      </Section>
    </Page>
  );
}
