/** Writing a version of what buyers share, and the versions that were. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { ContentVersion } from "../api/types";
import { Act } from "../kit/act";
import type { Field } from "../kit/fields";
import { FormOf } from "../kit/form-page";
import { Section } from "../kit/page";
import { Table } from "../kit/table";
import { Id, When } from "../kit/values";
import { writeQuery } from "../lib/address";
import { size } from "../lib/files";
import { useCan } from "../session/context";
import { once, sendFile } from "../session/door";
import { useWords } from "../words";
import { type Clear, SharedInClear } from "./reveal";
import { FileChooser } from "./shared-file";

interface Typed {
  as: "text" | "file";
  text: string;
  file: File;
  note?: string | null;
}

/** Versions that are listed. */
const MOST = 200;

/** Asks again for what a new version changed. */
export function useContentAgain(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const word of ["contents", "products"]) void queries.invalidateQueries({ queryKey: [word] });
  };
}

export function ContentForm({
  sku,
  written,
  saveWord,
}: {
  sku: string;
  written: (version: ContentVersion) => void;
  saveWord?: string;
}) {
  const { contents, codes } = useWords();
  const path = { params: { path: { id: sku }, header: once } };
  const [percent, setPercent] = useState(0);
  const save = async ({ as, text, file, note }: Typed) => {
    if (as !== "file")
      return take(api.POST("/v1/skus/{id}/content/versions", { ...path, body: { text, ...(note && { note }) } }));
    const to = `/v1/skus/${sku}/content/files${writeQuery({ name: file.name, ...(note && { note }) })}`;
    return (await sendFile(to, file, "application/octet-stream", setPercent)) as ContentVersion;
  };
  const choices = [
    { value: "text", label: contents.asText },
    { value: "file", label: contents.asFile },
  ];
  const coming = percent > 0 && percent < 100;
  const ofFile: Field = {
    kind: "own",
    name: "file",
    label: contents.file,
    help: coming ? codes.uploading(percent) : contents.fileHelp,
    required: true,
    input: <FileChooser />,
  };
  const ofText: Field = {
    kind: "long",
    name: "text",
    label: contents.text,
    hint: contents.textHint,
    help: contents.textHelp,
    required: true,
    max: 8000,
  };
  return (
    <FormOf<Typed, ContentVersion>
      groups={({ as }) => [
        {
          title: contents.write,
          fields: [
            { kind: "choice", name: "as", label: contents.as, choices, required: true },
            as === "file" ? ofFile : ofText,
            {
              kind: "text",
              name: "note",
              label: contents.note,
              hint: contents.noteHint,
              help: contents.noteHelp,
              max: 300,
            },
          ],
        },
      ]}
      initial={{ as: "text" }}
      save={save}
      saved={written}
      saveWord={saveWord ?? contents.save}
      doneWord={contents.saved}
    />
  );
}

export function ContentVersions({ sku }: { sku: string }) {
  const { contents } = useWords();
  const asked = useQuery({
    queryKey: ["contents", sku, "versions"],
    queryFn: () =>
      take(api.GET("/v1/skus/{id}/content/versions", { params: { path: { id: sku }, query: { limit: MOST } } })),
  });
  const versions = asked.data?.data ?? [];
  if (versions.length === 0) return null;
  const columns = [
    { key: "version", title: contents.edition, cell: (one: ContentVersion) => contents.version(one.version) },
    { key: "as", title: contents.as, cell: (one: ContentVersion) => <As of={one} /> },
    { key: "note", title: contents.note, cell: (one: ContentVersion) => one.note ?? "–" },
    { key: "at", title: contents.writtenAt, cell: (one: ContentVersion) => <When at={one.created_at} /> },
    { key: "by", title: contents.by, cell: (one: ContentVersion) => <Id id={one.by} /> },
    { key: "acts", title: "", cell: (one: ContentVersion) => <Show sku={sku} version={one.version} /> },
  ];
  return (
    <Section title={contents.versions}>
      <Table rows={versions} id={one => String(one.version)} columns={columns} />
    </Section>
  );
}

/** Whether a version is a text or a file, and of which size; its name is shown with what is in it. */
export function As({ of: { file_bytes } }: { of: ContentVersion }) {
  const { contents } = useWords();
  if (file_bytes == null) return <>{contents.asText}</>;
  return <>{`${contents.asFile} · ${size(file_bytes)}`}</>;
}

/** A version in clear: asked for on purpose, recorded, and gone when the window is closed. */
function Show({ sku, version }: { sku: string; version: number }) {
  const { contents } = useWords();
  const can = useCan();
  const [shown, setShown] = useState<Clear>();
  if (!can("codes:reveal")) return null;
  const path = { params: { path: { id: sku } } };
  return (
    <>
      <Act
        small
        word={contents.show}
        title={contents.showTitle(version)}
        text={contents.showText}
        reason="required"
        run={reason => take(api.POST("/v1/skus/{id}/content/reveal", { ...path, body: { version, reason } }))}
        done={revealed => setShown(revealed)}
      />
      <Modal
        open={shown !== undefined}
        title={contents.shown(version)}
        footer={null}
        onCancel={() => setShown(undefined)}
        destroyOnHidden
      >
        <SharedInClear shared={shown} />
      </Modal>
    </>
  );
}
