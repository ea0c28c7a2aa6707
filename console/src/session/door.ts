/**
 * The one way out: each request carries the session's token and says for which shop it is. What is changed
 * carries a key, so that a repeat after a lost answer has the same one effect.
 */

import { asProblem, ProblemError } from "../api/problem";
import { selected } from "./place";

interface Door {
  csrf: string | undefined;
  /** In which answers are wanted, as far as they are words. */
  language: string;
  /** Asks for the session anew: its token may have changed in another window. */
  renew: () => Promise<unknown>;
  /** The session is over. */
  lost: () => void;
  /** Asks for the second factor; true when it was accepted. */
  stepUp: () => Promise<boolean>;
}

export const door: Door = {
  csrf: undefined,
  language: "zh-CN",
  renew: async () => {},
  lost: () => {},
  stepUp: async () => false,
};

const MODE = "x-tessera-mode";

/** For what stands in the book of a mode, whichever one works in; of this one where none is named. */
export const inMode = (mode: string | undefined) => (mode ? { headers: { [MODE]: mode } } : {});

const SAFE = new Set(["GET", "HEAD"]);

/** For routes that want a key of a repeat: the door fills it in. */
export const once = { "Idempotency-Key": "" };

/** Keys of changes whose outcome isn't known yet: the same wish, sent again, has the same one. */
const unsure = new Map<string, string>();

export async function guarded(request: Request): Promise<Response> {
  if (SAFE.has(request.method)) return asked(request);
  const wish = `${request.method} ${request.url} ${await request.clone().text()}`;
  const key = unsure.get(wish) ?? crypto.randomUUID();
  unsure.set(wish, key);
  request.headers.set("idempotency-key", key);
  const answer = await asked(request);
  if (answer.status < 500) unsure.delete(wish);
  return answer;
}

async function asked(request: Request): Promise<Response> {
  const first = await sent(request.clone());
  const code = first.ok ? undefined : await codeOf(first);
  if (code === "outcome_unknown") return sent(request.clone());
  if (code === "csrf") {
    await door.renew();
    return sent(request.clone());
  }
  if (code === "step_up_required" && (await door.stepUp())) return sent(request.clone());
  if (code === "unauthorized" && !proves(request)) door.lost();
  return first;
}

/** Whether it proves who somebody is, or asks whether somebody is there: a wrong code or password is no lost session. */
function proves({ method, url }: Request): boolean {
  const { pathname } = new URL(url);
  return pathname === "/console/session" || (method === "POST" && pathname.startsWith("/console/"));
}

async function sent(request: Request): Promise<Response> {
  for (const [name, value] of Object.entries(marks())) {
    // Who asks for the book of another mode says so himself.
    if (name !== MODE || !request.headers.has(MODE)) request.headers.set(name, value);
  }
  try {
    return await fetch(request);
  } catch {
    throw new ProblemError({ code: "unreachable" });
  }
}

/** Whose request it is, and for which shop. */
function marks(): Record<string, string> {
  const { merchant, mode } = selected();
  return {
    "accept-language": door.language,
    ...(door.csrf && { "x-csrf-token": door.csrf }),
    ...(merchant && { "x-tessera-merchant": merchant }),
    ...(mode && { [MODE]: mode }),
  };
}

async function codeOf(response: Response): Promise<string | undefined> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return (body as { code?: string } | undefined)?.code;
}

/** Sends a file and tells how far it is; a browser tells that of this old way alone. */
export function sendFile(
  path: string,
  file: Blob,
  type: string,
  progress: (percent: number) => void,
): Promise<unknown> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("content-type", type);
    request.setRequestHeader("idempotency-key", crypto.randomUUID());
    for (const [name, value] of Object.entries(marks())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? Math.round((loaded / total) * 100) : 0);
    request.onerror = () => fail(new ProblemError({ code: "unreachable" }));
    request.onload = () => {
      const body: unknown = parse(request.responseText);
      if (request.status < 300) return done(body);
      fail(new ProblemError(asProblem(body)));
    };
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
