/** Writing a version of what buyers share, and the versions that were. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { ContentVersion } from "../api/types";
import { Act } from "../kit/act";
import { FormOf } from "../kit/form-page";
import { Section } from "../kit/page";
import { Table } from "../kit/table";
import { Id, When } from "../kit/values";
import { useCan } from "../session/context";
import { once } from "../session/door";
import { useWords } from "../words";
import { SharedText } from "./reveal";

interface Typed {
  text: string;
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
  const { contents } = useWords();
  const path = { params: { path: { id: sku }, header: once } };
  const save = ({ text, note }: Typed) =>
    take(api.POST("/v1/skus/{id}/content/versions", { ...path, body: { text, ...(note && { note }) } }));
  return (
    <FormOf<Typed, ContentVersion>
      groups={[
        {
          title: contents.write,
          fields: [
            {
              kind: "long",
              name: "text",
              label: contents.text,
              hint: contents.textHint,
              help: contents.textHelp,
              required: true,
              max: 8000,
            },
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
      initial={{}}
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

/** A version in clear: asked for on purpose, recorded, and gone when the window is closed. */
function Show({ sku, version }: { sku: string; version: number }) {
  const { contents } = useWords();
  const can = useCan();
  const [shown, setShown] = useState<{ text: string | null }>();
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
        done={revealed => setShown({ text: revealed.text ?? null })}
      />
      <Modal
        open={shown !== undefined}
        title={contents.shown(version)}
        footer={null}
        onCancel={() => setShown(undefined)}
        destroyOnHidden
      >
        <SharedText text={shown?.text} />
      </Modal>
    </>
  );
}
