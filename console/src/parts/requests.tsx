/** What is told of requests that programs sent: how they ended, with which key, and the way to one by its id. */

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Input } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { LoggedRequest } from "../api/types";
import type { Filter } from "../kit/filters";
import { State, type Tone } from "../kit/values";
import { brief, prefix } from "../lib/ids";
import { count } from "../lib/money";
import { selected } from "../session/place";
import { useWords, type Words } from "../words";

export const toneOf = (status: number): Tone => (status >= 500 ? "bad" : status >= 400 ? "care" : "good");

/** `3.2 ms` of 3200 microseconds, whole milliseconds from 10 on, seconds from 1 on. */
export function duration(micros: number): string {
  const ms = micros / 1000;
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms >= 10 ? count(Math.round(ms)) : ms.toFixed(1)} ms`;
}

/** JSON with a member a line; what was cut off stays as it came. */
export function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** What a code says and what helps; a code that nobody here knows is shown as it is. */
export const toldOf = (code: string | null | undefined, { problems }: Words) =>
  code ? (problems as Record<string, { what: string; cure: string }>)[code] : undefined;

export function Status({ of: { status } }: { of: LoggedRequest }) {
  return (
    <State tone={toneOf(status)}>
      <span className="number">{status}</span>
    </State>
  );
}

export function Outcome({ of: { code } }: { of: LoggedRequest }) {
  const words = useWords();
  if (!code) return <>{words.requests.done}</>;
  return <span title={code}>{toldOf(code, words)?.what ?? code}</span>;
}

/** The keys of the shop and mode that is worked for, by their ids. */
export function useKeyNames(): { names: ReadonlyMap<string, string>; nameOf: (id: string) => string } {
  const { data } = useQuery({
    queryKey: ["own-keys", "names", selected()],
    queryFn: () => take(api.GET("/v1/keys")),
    staleTime: 60_000,
  });
  const names = new Map((data?.data ?? []).map(({ id, name }) => [id, name]));
  return { names, nameOf: id => names.get(id) ?? brief(id) };
}

export function useRequestFilters(): Filter[] {
  const { requests } = useWords();
  const { names } = useKeyNames();
  const choices = (of: Iterable<[string, string]>) => [...of].map(([value, label]) => ({ value, label }));
  return [
    { key: "outcome", label: requests.outcome, choices: choices(Object.entries(requests.outcomes)) },
    { key: "key", label: requests.key, choices: choices(names) },
  ];
}

/** To one request by its id, as it stands in an answer. */
export function FindRequest() {
  const { requests } = useWords();
  const navigate = useNavigate();
  const [bad, setBad] = useState(false);
  const find = (text: string) => {
    const id = text.trim();
    if (prefix(id) === "req") return void navigate({ to: `/requests/${id}` });
    setBad(id !== "");
  };
  return (
    <div className="find-request">
      <Input.Search
        aria-label={requests.find}
        placeholder={requests.findHint}
        allowClear
        {...(bad && { status: "error" as const })}
        onChange={() => setBad(false)}
        onSearch={find}
      />
      {bad && <small role="alert">{requests.findBad}</small>}
    </div>
  );
}
