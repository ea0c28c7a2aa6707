/** The API as typed calls. Who calls is the session's cookie; what a page asks goes to no other host. */

import createClient from "openapi-fetch";
import { guarded } from "../session/door";
import type { paths } from "./schema";

export const api = createClient<paths>({ baseUrl: "", fetch: guarded, headers: { accept: "application/json" } });

/** A path that the document doesn't have: resources of any kind, files, the session. */
export async function call<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
  const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const init = { method, headers: { ...json, ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await guarded(new Request(path, init));
  const text = await response.text();
  const parsed: unknown =
    text && /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : undefined;
  return response.ok ? { data: parsed as T, response } : { error: parsed, response };
}
