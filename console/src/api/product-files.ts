/** Files of products: shown as they are understood, then applied. The body is a file, which the client of the document can't send. */

import { writeQuery } from "../lib/address";
import { guarded } from "../session/door";
import { take } from "./problem";
import type { components } from "./schema";

export type ProductFile = components["schemas"]["ProductFile"];

export interface Sheet {
  body: Blob;
  type: string;
}

const PATH = "/v1/product-files";

/** Without `apply` nothing is changed. */
export const sendProducts = ({ body, type }: Sheet, query: { apply?: true; skip_errors?: true } = {}) =>
  take(sent(new Request(PATH + writeQuery(query), { method: "POST", body, headers: { "content-type": type } })));

export const templateOf = (language: string) => `${PATH}/template${writeQuery({ lang: language })}`;

/** The template as it comes; whoever asks carries the session's marks. */
export async function template(language: string): Promise<Blob> {
  const response = await guarded(new Request(templateOf(language)));
  if (!response.ok) await take(Promise.resolve({ error: await response.json().catch(() => undefined), response }));
  return response.blob();
}

async function sent(request: Request): Promise<{ data?: ProductFile; error?: unknown; response: Response }> {
  const response = await guarded(request);
  const body: unknown = await response.json().catch(() => undefined);
  return response.ok ? { data: body as ProductFile, response } : { error: body, response };
}
