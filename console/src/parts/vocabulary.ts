/** What values are called that have a meaning in the whole program: rights, modes, the roles that every merchant has. */

import type { Scope } from "../api/types";
import type { Choice } from "../kit/fields";
import { written } from "../lib/money";
import { minorOf, shown } from "../lib/resource";
import { whole } from "../lib/time";
import { useMerchant, useSession } from "../session/context";
import { LANGUAGES, useWords } from "../words";
import { useKinds } from "./kinds";
import { useTongue } from "./of-kind";

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Roles of merchants; the operator's people have others. */
const OF_OPERATOR = ["system", "security", "audit"];

/** What neither a program nor the operator's people ever have for a merchant: it is for his people alone. */
const OF_STAFF = /^(approvals|keys|merchants):/;

/** Kinds whose scopes go to somebody else than the merchant's people. */
const LENT = ["operator_grant"];

/** The words of all scopes, those of each kind of resources too; and which of them a key, or the operator, may be given. */
export function useScopes() {
  const { settings } = useWords();
  const { kinds } = useKinds();
  const tongue = useTongue();
  const ofKinds = kinds.flatMap(({ read, write, words }): [string, string][] => [
    [read, settings.readKind(words[tongue])],
    [write, settings.writeKind(words[tongue])],
  ]);
  const words: Record<string, string> = {
    ...Object.fromEntries(ofKinds),
    ...(settings.scopeWords satisfies Record<Scope, string>),
  };
  const ofPeople = new Set(kinds.filter(kind => kind.of_people).flatMap(kind => [kind.read, kind.write]));
  return { words, lent: (scope: string) => !OF_STAFF.test(scope) && !ofPeople.has(scope) };
}

export interface Vocabulary {
  /** The values that a field of a kind may have, where they are known. */
  known: (field: string, kind?: string) => Choice[];
  /** A value as one line, by its words where it has some. */
  said: (field: string, value: unknown) => string;
}

export function useVocabulary(): Vocabulary {
  const { frame, kit } = useWords();
  const { roles, scopes } = useSession();
  const { zone } = useMerchant();
  const operates = roles.every(role => !role.merchant);
  const rights = useScopes();
  const words = (field: string): Record<string, string> => {
    if (field === "scopes") return rights.words;
    if (field === "modes" || field === "mode") return frame.modes;
    if (field === "offered" || field === "usual") return LANGUAGES;
    return field === "roles" ? frame.roles : {};
  };
  const known = (field: string, kind = "") =>
    Object.entries(words(field))
      .filter(([value]) => field !== "scopes" || scopes.includes(value))
      .filter(([value]) => field !== "scopes" || !LENT.includes(kind) || rights.lent(value))
      .filter(([value]) => field !== "roles" || OF_OPERATOR.includes(value) === operates)
      .map(([value, label]) => ({ value, label }));
  const said = (field: string, value: unknown): string => {
    if (Array.isArray(value))
      return value.map(one => words(field)[String(one)] ?? shown(one)).join(kit.comma) || shown(null);
    if (typeof value === "boolean") return value ? kit.yes : kit.no;
    if (typeof value === "string" && INSTANT.test(value)) return whole(value, zone);
    const { zh, en } = (value ?? {}) as { zh?: unknown; en?: unknown };
    if (typeof zh === "string" || typeof en === "string") return [zh, en].filter(Boolean).join(" / ");
    const word = typeof value === "string" && words(field)[value];
    if (word) return word;
    const money = minorOf(field, value);
    return money ? written(money) : shown(value);
  };
  return { known, said };
}
