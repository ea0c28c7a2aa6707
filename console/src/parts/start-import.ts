/** Hands a file of codes to the API. */

import { writeQuery } from "../lib/address";
import { sendFile } from "../session/door";
import type { Dropped } from "./code-drop";

export interface Batch {
  name?: string;
  supplier?: string;
  unit_cost?: string;
  on_voided?: "readmit";
}

/** The import's id. It waits where it has a question, so that the question can be answered here. */
export async function startImport(
  sku: string,
  { body, type }: Dropped,
  batch: Batch,
  progress: (percent: number) => void,
) {
  const query = writeQuery({ ...batch, on_question: "wait", on_doubt: "hold" });
  const started = await sendFile(`/v1/skus/${sku}/code-imports${query}`, body, type, progress);
  return (started as { id: string }).id;
}
