/** The journal: everything that happened, in its order. */

import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { JournalEntry } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Id, When } from "../kit/values";
import { Detail } from "../parts/detail";
import { FactName } from "../parts/fact-name";
import { useWords } from "../words";

export default function Journal() {
  const { money } = useWords();
  const columns: Column<JournalEntry>[] = [
    { key: "seq", title: money.seq, number: true, cell: one => one.seq },
    { key: "at", title: money.at, cell: one => <When at={one.at} full /> },
    { key: "kind", title: money.kind, cell: one => <FactName of={one.kind} /> },
    { key: "subject", title: money.subject, cell: one => <Id id={one.subject} /> },
    { key: "actor", title: money.actor, cell: one => <Id id={one.actor} /> },
    { key: "data", title: money.detail, cell: one => <Detail of={one.data} /> },
  ];
  return (
    <ListPage
      title={money.journalTitle}
      intro={money.journalIntro}
      name="journal"
      columns={columns}
      id={one => String(one.seq)}
      load={wanted => take(api.GET("/v1/journal", { params: { query: cursor(wanted) } }))}
      empty={{ title: money.journalEmptyTitle, text: money.journalEmptyText }}
    />
  );
}
