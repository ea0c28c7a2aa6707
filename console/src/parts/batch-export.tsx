/** Takes the unsold codes of a batch in clear: with a reason, and never without a second person. */

import { api } from "../api/client";
import { take } from "../api/problem";
import type { CodeBatch } from "../api/types";
import { Act } from "../kit/act";
import { count } from "../lib/money";
import { useCan } from "../session/context";
import { useWords } from "../words";

export function BatchExport({ batch }: { batch: CodeBatch }) {
  const { codes } = useWords();
  const can = useCan();
  const { available } = batch.counts;
  if (!can("codes:reveal") || batch.state !== "open" || available === 0) return null;
  const path = { params: { path: { id: batch.import } } };
  return (
    <Act
      word={codes.export}
      title={codes.exportTitle}
      text={codes.exportText(count(available))}
      reason="required"
      run={reason => take(api.POST("/v1/code-imports/{id}/export", { ...path, body: { reason } }))}
    />
  );
}
