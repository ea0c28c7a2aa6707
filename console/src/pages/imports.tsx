/** Imports of codes, newest first; each is a batch. */

import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { CodeImport } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { When } from "../kit/values";
import { brief } from "../lib/ids";
import { count } from "../lib/money";
import { useSkuName } from "../parts/catalog";
import { ImportState } from "../parts/states";
import { useWords } from "../words";

export default function Imports() {
  const { codes } = useWords();
  const nameOf = useSkuName();
  const care = (n: number) => <span className={n ? "attention" : "muted"}>{count(n)}</span>;
  const columns: Column<CodeImport>[] = [
    { key: "name", title: codes.name, cell: one => <Link to={`/imports/${one.id}`}>{one.name ?? brief(one.id)}</Link> },
    { key: "sku", title: codes.sku, cell: one => <Link to={`/skus/${one.sku}`}>{nameOf(one.sku)}</Link> },
    { key: "state", title: codes.state, cell: one => <ImportState of={one} /> },
    {
      key: "accepted",
      title: codes.accepted,
      number: true,
      cell: one => <Link to={`/batches/${one.batch}`}>{count(one.accepted)}</Link>,
    },
    { key: "duplicates", title: codes.duplicates, number: true, cell: one => care(one.duplicates) },
    { key: "doubts_open", title: codes.doubts, number: true, cell: one => care(one.doubts_open) },
    { key: "errors", title: codes.errors, number: true, cell: one => care(one.errors) },
    { key: "supplier", title: codes.supplier, extra: true, cell: one => one.supplier ?? "–" },
    { key: "created_at", title: codes.created, cell: one => <When at={one.created_at} /> },
  ];
  const act = (
    <Go to="/imports/new" primary>
      {codes.importAct}
    </Go>
  );
  return (
    <ListPage
      title={codes.title}
      intro={codes.intro}
      acts={
        <>
          <Go to="/codes/find">{codes.findTitle}</Go>
          {act}
        </>
      }
      name="imports"
      columns={columns}
      id={one => one.id}
      load={wanted => take(api.GET("/v1/code-imports", { params: { query: cursor(wanted) } }))}
      empty={{ title: codes.emptyTitle, text: codes.emptyText, act }}
    />
  );
}
