/** Acts that wait for a second person, and those that did. Whoever may not decide sees his own. */

import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Approval } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Id, When } from "../kit/values";
import type { Wanted } from "../lib/address";
import { ApprovalState, sizeOf, useApprovalFilters } from "../parts/approvals";
import { useSession } from "../session/context";
import { inMode } from "../session/door";
import { approvalPath } from "../session/place";
import { useWords } from "../words";

export default function Approvals() {
  const words = useWords();
  const { approvals } = words;
  const filters = useApprovalFilters();
  const { person } = useSession();
  const size = (one: Approval) => sizeOf(one, words) ?? "–";
  const columns: Column<Approval>[] = [
    {
      key: "act",
      title: approvals.act,
      cell: one => <Link to={approvalPath(one.id, one.mode)}>{approvals.acts[one.act]}</Link>,
    },
    { key: "size", fields: ["amount", "pieces"], title: approvals.size, number: true, cell: size },
    { key: "state", title: approvals.state, cell: one => <ApprovalState of={one} /> },
    {
      key: "requester",
      title: approvals.requester,
      cell: one => (one.requester === person.id ? approvals.mine : <Id id={one.requester} />),
    },
    { key: "created_at", title: approvals.created, cell: one => <When at={one.created_at} /> },
    { key: "expires_at", title: approvals.until, cell: one => <When at={one.expires_at} /> },
    { key: "decided_at", title: approvals.decided, cell: one => <When at={one.decided_at} /> },
  ];
  const load = (wanted: Wanted) => {
    const state = wanted.filters.state as Approval["state"] | undefined;
    const query = { ...cursor(wanted), ...(state && { state }) };
    return take(api.GET("/v1/approvals", { params: { query }, ...inMode(wanted.filters.mode) }));
  };
  return (
    <ListPage
      title={approvals.title}
      intro={approvals.intro}
      name="approvals"
      {...{ columns, filters, load }}
      id={one => one.id}
      empty={{ title: approvals.emptyTitle, text: approvals.emptyText }}
    />
  );
}
