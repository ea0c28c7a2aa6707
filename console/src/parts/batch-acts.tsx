/** Freeze, unfreeze, void, move, redate: each says how many codes it is about. */

import { Select } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { CodeBatch } from "../api/types";
import { Act } from "../kit/act";
import { DateInput } from "../kit/inputs";
import { count } from "../lib/money";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { useCatalog } from "./catalog";

const VERBS = {
  freeze: "/v1/code-batches/{id}/freeze",
  unfreeze: "/v1/code-batches/{id}/unfreeze",
  void: "/v1/code-batches/{id}/void",
} as const;

export function BatchActs({ batch }: { batch: CodeBatch }) {
  const { codes } = useWords();
  const can = useCan();
  if (!can("codes:manage") || batch.state === "voided") return null;
  const { available, frozen, doubtful, expired } = batch.counts;
  const mark = (verb: keyof typeof VERBS) => (reason: string) =>
    take(api.POST(VERBS[verb], { params: { path: { id: batch.id } }, body: { reason } }));
  const unsold = available + frozen + doubtful;
  return (
    <>
      {batch.state === "open" && (
        <Act
          word={codes.freeze}
          title={codes.freezeTitle}
          text={codes.freezeText(count(available))}
          reason="required"
          run={mark("freeze")}
        />
      )}
      {batch.state === "frozen" && (
        <Act
          word={codes.unfreeze}
          title={codes.unfreezeTitle}
          text={codes.unfreezeText(count(frozen))}
          reason="required"
          run={mark("unfreeze")}
        />
      )}
      <Move batch={batch} pieces={unsold + expired} />
      <Redate batch={batch} />
      <Act
        word={codes.void}
        danger
        title={codes.voidTitle}
        text={codes.voidText(count(unsold))}
        reason="required"
        run={mark("void")}
      />
    </>
  );
}

function Move({ batch, pieces }: { batch: CodeBatch; pieces: number }) {
  const { codes } = useWords();
  const { skus } = useCatalog();
  const [sku, setSku] = useState<string>();
  const others = [...skus.values()]
    .filter(one => one.sku.id !== batch.sku)
    .map(one => ({ value: one.sku.id, label: one.name }));
  const run = (reason: string) =>
    take(
      api.POST("/v1/code-batches/{id}/move", {
        params: { path: { id: batch.id } },
        body: { sku: sku ?? "", ...(reason && { reason }) },
      }),
    );
  return (
    <Act
      word={codes.move}
      title={codes.moveTitle}
      text={codes.moveText(count(pieces))}
      reason="optional"
      ready={!!sku}
      run={run}
    >
      <Select
        aria-label={codes.sku}
        className="wide"
        value={sku}
        options={others}
        onChange={setSku}
        showSearch={{ optionFilterProp: "label" }}
      />
    </Act>
  );
}

function Redate({ batch }: { batch: CodeBatch }) {
  const { codes } = useWords();
  const [until, setUntil] = useState<string | null>(null);
  const run = (reason: string) =>
    take(
      api.POST("/v1/code-batches/{id}/redate", {
        params: { path: { id: batch.id } },
        body: { valid_until: until, ...(reason && { reason }) },
      }),
    );
  return (
    <Act word={codes.redate} title={codes.redateTitle} text={codes.redateText} reason="optional" run={run}>
      <DateInput id="until" value={until} onChange={setUntil} />
    </Act>
  );
}
