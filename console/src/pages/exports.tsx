/** One's own exports, newest first, each with its file as long as it is kept. */

import { isOpen, newestExports } from "../api/exports";
import { PAGE } from "../api/pages";
import type { ListExport } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { When } from "../kit/values";
import { ExportAct, ExportState, useListName } from "../parts/export-file";
import { useWords } from "../words";

export default function ExportsPage() {
  const { exports } = useWords();
  const nameOf = useListName();
  const columns: Column<ListExport>[] = [
    { key: "list", title: exports.list, cell: one => nameOf(one.list) },
    { key: "format", title: exports.format, cell: one => one.format.toUpperCase() },
    { key: "state", title: exports.state, cell: one => <ExportState of={one} /> },
    { key: "created", title: exports.created, cell: one => <When at={one.created_at} /> },
    {
      key: "kept",
      title: exports.kept,
      cell: one => (one.state === "done" ? <When at={one.kept_until} /> : (one.detail ?? "–")),
    },
    { key: "acts", title: "", cell: one => (one.state === "done" || isOpen(one)) && <ExportAct of={one} /> },
  ];
  return (
    <ListPage
      title={exports.pageTitle}
      intro={exports.pageIntro}
      name="exports"
      columns={columns}
      id={one => one.id}
      load={({ after }) => newestExports(PAGE, after)}
      empty={{ title: exports.emptyTitle, text: exports.emptyText }}
    />
  );
}
