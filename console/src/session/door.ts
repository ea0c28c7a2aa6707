/**
 * The one way out: each request carries the session's token and says for which shop it is. What is changed
 * carries a key, so that a repeat after a lost answer has the same one effect.
 */

import { ProblemError } from "../api/problem";
import { selected } from "./place";

interface Door {
  csrf: string | undefined;
  /** The session is over. */
  lost: () => void;
  /** Asks for the second factor; true when it was accepted. */
  stepUp: () => Promise<boolean>;
}

export const door: Door = { csrf: undefined, lost: () => {}, stepUp: async () => false };

const SAFE = new Set(["GET", "HEAD"]);

export async function guarded(request: Request): Promise<Response> {
  if (!SAFE.has(request.method) && !request.headers.has("idempotency-key")) {
    request.headers.set("idempotency-key", crypto.randomUUID());
  }
  const first = await sent(request.clone());
  const code = first.ok ? undefined : await codeOf(first);
  if (code === "outcome_unknown") return sent(request.clone());
  if (code === "step_up_required" && (await door.stepUp())) return sent(request.clone());
  // A wrong code or password is no lost session.
  const own = new URL(request.url).pathname.startsWith("/console/");
  if (!own && code === "unauthorized") door.lost();
  return first;
}

async function sent(request: Request): Promise<Response> {
  if (door.csrf) request.headers.set("x-csrf-token", door.csrf);
  const { merchant, mode } = selected();
  if (merchant) request.headers.set("x-tessera-merchant", merchant);
  if (mode) request.headers.set("x-tessera-mode", mode);
  try {
    return await fetch(request);
  } catch {
    throw new ProblemError({ code: "unreachable" });
  }
}

async function codeOf(response: Response): Promise<string | undefined> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return (body as { code?: string } | undefined)?.code;
}
