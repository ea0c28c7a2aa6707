/** An import from its first byte to its batch: progress, questions, doubts, and what was left out. */

import { useQuery } from "@tanstack/react-query";
import { Alert, Progress } from "antd";
import { useEffect } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { CodeImport } from "../api/types";
import { Go, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, When } from "../kit/values";
import { count } from "../lib/money";
import { useSpoken, useWords } from "../words";
import { Questions } from "./import-questions";
import { Doubts, Rows } from "./import-rows";
import { ImportState, waitsForAnswer } from "./states";

const POLL_MS = 700;

const busy = (one: CodeImport | undefined): boolean => !!one && (one.state === "running" || one.deciding);

export function ImportView({ id, done }: { id: string; done?: (one: CodeImport) => void }) {
  const asked = useQuery({
    queryKey: ["imports", id],
    queryFn: () => take(api.GET("/v1/code-imports/{id}", { params: { path: { id } } })),
    refetchInterval: query => (busy(query.state.data) ? POLL_MS : false),
  });
  const one = asked.data;
  useEffect(() => {
    if (one?.state === "done" && !one.deciding) done?.(one);
  }, [one, done]);
  if (asked.error) return <Trouble error={asked.error} />;
  if (!one) return <Waiting />;
  const waits = waitsForAnswer(one);
  return (
    <div className="stack">
      <Section
        title={one.name ?? one.id.slice(-6)}
        note={<ImportState of={one} />}
        acts={one.state === "done" && <ToBatch one={one} />}
      >
        <Counts one={one} />
      </Section>
      {one.failure && !waits && <Failure one={one} />}
      {waits && <Questions one={one} />}
      {one.understood && !waits && <Understood one={one} />}
      {one.doubts_open > 0 && one.state === "done" && <Doubts one={one} />}
      {one.duplicates > 0 && <Rows of={one} kind="duplicate" />}
      {one.errors > 0 && <Rows of={one} kind="error" />}
    </div>
  );
}

function ToBatch({ one }: { one: CodeImport }) {
  const { codes } = useWords();
  return <Go to={`/batches/${one.batch}`}>{codes.toBatch}</Go>;
}

function Counts({ one }: { one: CodeImport }) {
  const { codes } = useWords();
  const total = one.understood?.rows ?? 0;
  const percent = total ? Math.min(100, Math.floor((one.records / total) * 100)) : 0;
  return (
    <>
      {busy(one) && (
        <div role="status">
          <Progress percent={percent} aria-label={codes.progress} />
          <p className="muted">{codes.reading(count(one.accepted))}</p>
        </div>
      )}
      <dl className="counts">
        {(["records", "accepted", "duplicates", "doubts", "errors"] as const).map(key => (
          <div key={key}>
            <dt>{codes[key]}</dt>
            <dd className={one[key] && key !== "records" && key !== "accepted" ? "attention" : undefined}>
              {count(one[key])}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Failure({ one }: { one: CodeImport }) {
  const { codes } = useWords();
  const text = codes.failures[one.failure ?? ""] ?? codes.failures.other;
  return (
    <Alert
      type="error"
      showIcon
      title={codes.failure}
      description={
        <>
          {text} <code lang="en">{one.failure}</code>
        </>
      }
    />
  );
}

function Understood({ one }: { one: CodeImport }) {
  const { codes, kit } = useWords();
  // Labels are what buyers read; a reader of English has the field's code.
  const english = useSpoken().language === "en";
  const { understood } = one;
  if (!understood) return null;
  const separator = understood.separator ?? "none";
  const notes = one.findings.filter(finding => !finding.open);
  return (
    <Section title={codes.understood}>
      <Facts
        items={[
          [codes.encoding, understood.encoding.toUpperCase()],
          [codes.separator, (codes.separators as Record<string, string>)[separator] ?? separator],
          [
            codes.columns,
            understood.layout
              .map(({ place, code, name, header }) => {
                const label = name && english && code ? code.replaceAll("_", " ") : name;
                return codes.column(place) + kit.colon + (label ?? codes.leftOut) + (header ? ` (${header})` : "");
              })
              .join(kit.comma),
          ],
          [codes.created, <When key="at" at={one.created_at} full />],
        ]}
      />
      {one.sample.length > 0 && (
        <details>
          <summary>{codes.sample}</summary>
          <pre className="mono">{one.sample.map(row => row.join("  ")).join("\n")}</pre>
        </details>
      )}
      {notes.length > 0 && <Notes notes={notes} />}
    </Section>
  );
}

function Notes({ notes }: { notes: CodeImport["findings"] }) {
  const { codes } = useWords();
  const { language } = useSpoken();
  return (
    <>
      <h3>{codes.notes}</h3>
      <ul>
        {notes.map(note => (
          <li key={note.id}>{language === "en" ? note.question : note.question_zh}</li>
        ))}
      </ul>
    </>
  );
}
