/** What an act that waits is about, in words where there are some; as the API tells it, too. */

import type { ReactNode } from "react";
import type { Approval } from "../api/types";
import { Facts, Id } from "../kit/values";
import { written } from "../lib/money";
import { shown } from "../lib/resource";
import { useWords } from "../words";
import { Detail } from "./detail";
import { useVocabulary } from "./vocabulary";

const IDS = /\b[a-z]{3}_[0-9a-z]{26}\b/g;

/** The things that a request names in its path. */
const named = (request: string): string[] => request.match(IDS) ?? [];

export function Asked({ of }: { of: Approval }) {
  const { approvals } = useWords();
  const say = useSaid();
  const fields = Object.entries((of.summary ?? {}) as Record<string, unknown>);
  const names = approvals.fields as Record<string, string>;
  return (
    <>
      <Facts
        items={[
          ...named(of.request).map((id): [string, ReactNode] => [approvals.object, <Id key={id} id={id} whole />]),
          ...fields.map(([name, value]): [string, ReactNode] => [names[name] ?? name, say(name, value)]),
        ]}
      />
      <Detail of={{ request: of.request, body: of.summary }} />
    </>
  );
}

export function Gave({ result }: { result: unknown }) {
  const { id } = (result ?? {}) as { id?: unknown };
  return (
    <>
      {typeof id === "string" && <Facts items={[["ID", <Id key="id" id={id} whole />]]} />}
      <Detail of={result} />
    </>
  );
}

interface Line {
  line: number;
  quantity: number;
}

/** A value of a body: lines and money are put into words, others by the words of the whole program. */
function useSaid() {
  const { approvals, kit } = useWords();
  const { said } = useVocabulary();
  return (name: string, value: unknown): string => {
    if (name === "lines" && Array.isArray(value))
      return (value as Line[]).map(({ line, quantity }) => approvals.line(line, quantity)).join(kit.comma);
    const { amount, currency } = (value ?? {}) as { amount?: unknown; currency?: unknown };
    if (typeof amount === "number" && typeof currency === "string")
      return written({ amount, currency: currency as "CNY" });
    const inside = typeof value === "object" && !Array.isArray(value) ? Object.values(value ?? {}) : [];
    if (inside.length > 0) return inside.map(shown).join(kit.comma);
    return typeof value === "string" && value !== "" ? said(name, [value]) : said(name, value);
  };
}
