/** Takes the unsold codes of a batch in clear: with a reason, and never without a second person. */

import { call } from "../api/client";
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
  return (
    <Act
      word={codes.export}
      title={codes.exportTitle}
      text={codes.exportText(count(available))}
      reason="required"
      run={reason => take(call("POST", `/v1/code-imports/${batch.import}/export`, { reason }))}
    />
  );
}
