/** Who did what: searched by person, object, kind and day. With an object it is that object's story. */

import { useLocation } from "@tanstack/react-router";
import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { AuditEntry } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Id, When } from "../kit/values";
import { readQuery, type Wanted } from "../lib/address";
import { days } from "../lib/time";
import { reasonOf } from "../parts/audit";
import { AuditStory } from "../parts/audit-story";
import { Detail } from "../parts/detail";
import { FactName } from "../parts/fact-name";
import { useMerchant } from "../session/context";
import { useWords } from "../words";

export default function Audit() {
  const { money, orders, settings } = useWords();
  const { zone } = useMerchant();
  const { object } = readQuery(useLocation().searchStr);
  const columns: Column<AuditEntry>[] = [
    { key: "at", title: money.at, sort: true, cell: one => <When at={one.at} full /> },
    { key: "actor", title: money.actor, cell: one => <Id id={one.actor} /> },
    { key: "kind", title: money.kind, cell: one => <FactName of={one.kind} /> },
    { key: "object", title: money.subject, cell: one => <Id id={one.object} /> },
    { key: "reason", title: settings.reason, cell: one => reasonOf(one) ?? "–" },
    { key: "address", title: settings.address, cell: one => one.address ?? "–" },
    { key: "seq", title: money.seq, number: true, extra: true, cell: one => one.seq },
    { key: "data", title: money.detail, cell: one => <Detail of={one.data} /> },
  ];
  const filters = [
    { key: "actor", label: money.actor, hint: settings.wholeId },
    { key: "object", label: money.subject, hint: settings.wholeId },
    { key: "kind", label: money.kind, hint: "order.bought" },
    { key: "from", label: orders.from, day: true },
    { key: "to", label: orders.to, day: true },
  ];
  const load = (wanted: Wanted) => {
    const { from: _, to: __, ...named } = wanted.filters;
    const query = { ...cursor(wanted), ...named, ...days(wanted.filters, zone), sort: wanted.sort as "at" };
    return take(api.GET("/v1/audit", { params: { query } }));
  };
  const show = (rows: AuditEntry[]) => <AuditStory rows={rows} />;
  return (
    <ListPage
      title={settings.audit}
      intro={settings.auditIntro}
      name="audit"
      {...{ columns, filters, load }}
      {...(object && { show })}
      sort={object ? "at" : "-at"}
      id={one => String(one.seq)}
      empty={{ title: money.journalEmptyTitle, text: money.journalEmptyText }}
    />
  );
}
