/** What programs asked of late with the shop's keys, newest first. */

import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { paths } from "../api/schema";
import type { LoggedRequest } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Id, When } from "../kit/values";
import type { Wanted } from "../lib/address";
import { duration, FindRequest, Outcome, Status, useKeyNames, useRequestFilters } from "../parts/requests";
import { useWords } from "../words";

type Query = NonNullable<paths["/v1/requests"]["get"]["parameters"]["query"]>;

const load = (wanted: Wanted) => {
  const query = { ...cursor(wanted), ...wanted.filters } as Query;
  return take(api.GET("/v1/requests", { params: { query } }));
};

export default function Requests() {
  const { developers, requests } = useWords();
  const { nameOf } = useKeyNames();
  const filters = useRequestFilters();
  const columns: Column<LoggedRequest>[] = [
    { key: "at", title: requests.at, cell: one => <When at={one.at} full /> },
    {
      key: "path",
      fields: ["method", "path"],
      title: requests.call,
      cell: one => (
        <Link to={`/requests/${one.id}`} className="call">
          <code className="method">{one.method}</code> <code>{one.path}</code>
        </Link>
      ),
    },
    { key: "status", title: requests.status, cell: one => <Status of={one} /> },
    { key: "code", title: requests.why, cell: one => <Outcome of={one} /> },
    { key: "key", title: requests.key, cell: one => nameOf(one.key) },
    { key: "micros", title: requests.took, number: true, cell: one => duration(one.micros) },
    { key: "id", title: requests.id, cell: one => <Id id={one.id} /> },
    { key: "agent", title: requests.agent, extra: true, cell: one => one.agent ?? "–" },
  ];
  const empty = { title: requests.emptyTitle, text: requests.emptyText, act: <Go to="/keys">{developers.toKeys}</Go> };
  return (
    <ListPage
      title={requests.title}
      intro={requests.intro}
      back={{ to: "/developers", text: developers.title }}
      acts={<FindRequest />}
      name="requests"
      {...{ columns, filters, load, empty }}
      id={one => one.id}
    />
  );
}
