/** How values look, the same everywhere. */

import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { Money } from "../api/types";
import { brief, pageOf, prefix } from "../lib/ids";
import { written } from "../lib/money";
import { short, whole } from "../lib/time";
import { useMerchant } from "../session/context";
import { usePersonName } from "../session/people";
import { useWords } from "../words";

export const Amount = ({ money }: { money: Money }) => <span className="number">{written(money)}</span>;

/** A time by the shop's clock. */
export function When({ at, full }: { at: string | null | undefined; full?: boolean }) {
  const { zone } = useMerchant();
  if (!at) return <>–</>;
  const all = whole(at, zone);
  return (
    <time dateTime={at} title={`${all} ${zone}`} className="number">
      {full ? all : short(at, zone, new Date())}
    </time>
  );
}

export function Copy({ text, label }: { text: string; label?: string }) {
  const { kit } = useWords();
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <button
      type="button"
      className="copy"
      onClick={copy}
      title={label ?? kit.copy}
      aria-label={`${label ?? kit.copy} ${text}`}
    >
      <svg
        width="13"
        height="13"
        viewBox="0 0 14 14"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        aria-hidden="true"
      >
        {done ? <path d="M2 7.5l3.5 3.5L12 3.5" /> : <path d="M4.5 4.500V1.500h8v8h-3M1.500 4.500h8v8h-8z" />}
      </svg>
    </button>
  );
}

/** An id that can be copied, and opened where it has a page. */
export function Id({ id, whole: all }: { id: string | null | undefined; whole?: boolean }) {
  const { kit } = useWords();
  if (!id) return <>–</>;
  if (id === "system") return <>{kit.system}</>;
  if (prefix(id) === "psn") return <Person id={id} />;
  const page = pageOf(id);
  const text = all ? id : brief(id);
  return (
    <span className="id">
      {page ? (
        <Link to={page} title={id}>
          {text}
        </Link>
      ) : (
        <span title={id}>{text}</span>
      )}
      <Copy text={id} label={kit.copyId} />
    </span>
  );
}

/** A person by his name. */
function Person({ id }: { id: string }) {
  const { kit } = useWords();
  const name = usePersonName(id);
  return (
    <span className="id">
      <span title={id}>{name ?? brief(id)}</span>
      <Copy text={id} label={kit.copyId} />
    </span>
  );
}

export type Tone = "good" | "care" | "bad" | "calm" | "busy";

/** A state: a coloured dot with its word. */
export const State = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={`state ${tone}`}>{children}</span>
);

/** Facts of one thing, a name and a value each. What is undefined is left out. */
export function Facts({ items }: { items: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {items
        .filter(([, value]) => value !== undefined && value !== null && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
