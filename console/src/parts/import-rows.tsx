/** Rows of a file that were not simply taken in, and the decision about those in doubt. */

import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { CodeImport, FileRow } from "../api/types";
import { Act } from "../kit/act";
import { Section, Waiting } from "../kit/page";
import { Table } from "../kit/table";
import { Trouble } from "../kit/trouble";
import { brief } from "../lib/ids";
import { count } from "../lib/money";
import { useWords } from "../words";

type Kind = "duplicate" | "doubt" | "error";

export function Doubts({ one }: { one: CodeImport }) {
  const { codes } = useWords();
  const n = count(one.doubts_open);
  const decide = (verdict: "accept" | "drop") => () =>
    take(
      api.POST("/v1/code-imports/{id}/decisions", {
        params: { path: { id: one.id } },
        body: { doubts: { default: verdict } },
      }),
    );
  const acts = (
    <>
      <Act word={codes.acceptAll} title={codes.acceptAll} text={codes.acceptText(n)} run={decide("accept")} />
      <Act word={codes.dropAll} danger title={codes.dropAll} text={codes.dropText(n)} run={decide("drop")} />
    </>
  );
  return (
    <Section title={codes.doubtsTitle(n)} acts={acts}>
      <p className="muted">{codes.doubtsText}</p>
      <RowTable of={one} kind="doubt" />
    </Section>
  );
}

export function Rows({ of, kind }: { of: CodeImport; kind: Kind }) {
  const { codes } = useWords();
  const file = kind === "error" && of.error_file_url && (
    <Button href={of.error_file_url} download={`${of.id}.csv`}>
      {codes.errorFile}
    </Button>
  );
  return (
    <Section title={codes.rowsOf[kind]} acts={file}>
      <RowTable of={of} kind={kind} />
    </Section>
  );
}

function RowTable({ of, kind }: { of: CodeImport; kind: Kind }) {
  const { codes, kit, reasons } = useWords();
  const params = { path: { id: of.id }, query: { kind, limit: 50 } };
  const asked = useQuery({
    queryKey: ["imports", of.id, kind, of.doubts_open],
    queryFn: () => take(api.GET("/v1/code-imports/{id}/rows", { params })),
  });
  if (asked.isPending) return <Waiting />;
  if (asked.error) return <Trouble error={asked.error} />;
  const columns = [
    { key: "line", title: codes.line, cell: (row: FileRow) => count(row.line) },
    {
      key: "cause",
      title: codes.cause,
      cell: (row: FileRow) => (reasons as Record<string, string>)[row.reason] ?? row.reason,
    },
    {
      key: "was",
      title: codes.was,
      cell: (row: FileRow) =>
        row.first
          ? [
              brief(row.first.code),
              row.first.state && codes.codeStates[row.first.state],
              row.first.line && codes.lines(count(row.first.line)),
            ]
              .filter(Boolean)
              .join(kit.comma)
          : "–",
    },
  ];
  const shown = kind === "error" ? columns.slice(0, 2) : columns;
  return <Table rows={asked.data.data} id={row => String(row.line)} columns={shown} />;
}
