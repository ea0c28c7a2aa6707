/** What went wrong, as the console tells it. */

import { cameFrom } from "./origin";
import type { ErrorCode, Held, Problem } from "./types";

/** Codes of the session's own routes, and of requests that no answer came to. */
export type SessionCode =
  | "second_factor_required"
  | "step_up_required"
  | "csrf"
  | "self_approval"
  | "approval_state"
  | "taken"
  | "in_use"
  | "precondition_failed"
  | "passkey_cancelled"
  | "passkey_known"
  | "unreachable";

export type AnyCode = ErrorCode | SessionCode;

export class ProblemError extends Error {
  readonly code: AnyCode;

  constructor(readonly problem: Partial<Omit<Problem, "code">> & { code: AnyCode }) {
    super(problem.detail ?? problem.code);
    this.code = problem.code;
  }
}

/** The act waits for a second person. */
export class HeldForApproval extends Error {
  constructor(
    readonly approval: string,
    readonly mode: Held["approval"]["mode"],
  ) {
    super("held for approval");
  }
}

export const codeOf = (error: unknown): AnyCode | undefined => (error instanceof ProblemError ? error.code : undefined);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; anything else is thrown, an act that waits too. */
export async function take<T>(coming: Promise<Answer<T>>): Promise<Exclude<T, Held>> {
  const { data, error, response } = await coming;
  if (!response.ok) throw new ProblemError(asProblem(error));
  const held = response.status === 202 && (data as Partial<Held> | undefined)?.approval;
  if (held) throw new HeldForApproval(held.id, held.mode);
  return cameFrom(data as Exclude<T, Held>, response.url);
}

export function asProblem(body: unknown): ProblemError["problem"] {
  const told = typeof body === "object" && body !== null && "code" in body;
  return told ? (body as ProblemError["problem"]) : { code: "internal" };
}
