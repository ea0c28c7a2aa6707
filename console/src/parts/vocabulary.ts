/** What values are called that have a meaning in the whole program: rights, modes, the roles that every merchant has. */

import { useCallback } from "react";
import type { Choice } from "../kit/fields";
import { written } from "../lib/money";
import { minorOf, shown } from "../lib/resource";
import { whole } from "../lib/time";
import { useMerchant, useSession } from "../session/context";
import { useWords } from "../words";

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Roles of merchants; the operator's people have others. */
const OF_OPERATOR = ["system", "security", "audit"];

export interface Vocabulary {
  /** The values that a field of this name may have, where they are known. */
  known: (field: string) => Choice[];
  /** A value as one line, by its words where it has some. */
  said: (field: string, value: unknown) => string;
}

export function useVocabulary(): Vocabulary {
  const { settings, frame, kit } = useWords();
  const { roles, scopes } = useSession();
  const { zone } = useMerchant();
  const operates = roles.every(role => !role.merchant);
  const words = useCallback(
    (field: string): Record<string, string> => {
      if (field === "scopes") return settings.scopeWords;
      if (field === "modes" || field === "mode") return frame.modes;
      return field === "roles" ? frame.roles : {};
    },
    [settings, frame],
  );
  const known = (field: string) =>
    Object.entries(words(field))
      .filter(([value]) => field !== "scopes" || scopes.includes(value))
      .filter(([value]) => field !== "roles" || OF_OPERATOR.includes(value) === operates)
      .map(([value, label]) => ({ value, label }));
  const said = (field: string, value: unknown): string => {
    if (Array.isArray(value))
      return value.map(one => words(field)[String(one)] ?? shown(one)).join(kit.comma) || shown(null);
    if (typeof value === "boolean") return value ? kit.yes : kit.no;
    if (typeof value === "string" && INSTANT.test(value)) return whole(value, zone);
    const money = minorOf(field, value);
    return money ? written(money) : shown(value);
  };
  return { known, said };
}
