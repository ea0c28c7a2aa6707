/** What the session's routes refuse of a form, beside the field that it is about and in words of the console. */

import type { FormInstance } from "antd";
import { ProblemError } from "../api/problem";
import type { Words } from "../words";

/** Marks the fields; false where nothing could be marked, so that it must be told otherwise. */
export function markRefused<V>(form: FormInstance<V>, error: unknown, { session }: Pick<Words, "session">): boolean {
  if (!(error instanceof ProblemError)) return false;
  const said: Record<string, string> = {
    totp: session.totpRefused,
    password: session.passwordRefused,
    new_password: session.passwordRefused,
    email: session.emailRefused,
    name: session.nameRefused,
  };
  const names = (error.problem.errors ?? []).map(({ field }) => field).filter(field => field in said);
  for (const name of names) form.setFields([{ name: name as never, errors: [said[name] ?? ""] }]);
  return names.length > 0;
}
