/** What values are called that have a meaning in the whole program: rights, modes, the roles that every merchant has. */

import { useCallback } from "react";
import type { Choice } from "../kit/fields";
import { shown } from "../lib/resource";
import { useSession } from "../session/context";
import { useWords } from "../words";

/** Roles of merchants; the operator's people have others. */
const OF_OPERATOR = ["system", "security", "audit"];

export interface Vocabulary {
  /** The values that a field of this name may have, where they are known. */
  known: (field: string) => Choice[];
  /** A value as one line, by its words where it has some. */
  said: (field: string, value: unknown) => string;
}

export function useVocabulary(): Vocabulary {
  const { settings, frame } = useWords();
  const { roles, scopes } = useSession();
  const operates = roles.every(role => !role.merchant);
  const words = useCallback(
    (field: string): Record<string, string> => {
      if (field === "scopes") return settings.scopeWords;
      if (field === "modes") return frame.modes;
      return field === "roles" ? frame.roles : {};
    },
    [settings, frame],
  );
  const known = (field: string) =>
    Object.entries(words(field))
      .filter(([value]) => field !== "scopes" || scopes.includes(value))
      .filter(([value]) => field !== "roles" || OF_OPERATOR.includes(value) === operates)
      .map(([value, label]) => ({ value, label }));
  const said = (field: string, value: unknown): string =>
    Array.isArray(value)
      ? value.map(one => words(field)[String(one)] ?? shown(one)).join("，") || shown(null)
      : shown(value);
  return { known, said };
}
