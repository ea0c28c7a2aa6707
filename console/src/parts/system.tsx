/** Parts of how the whole does: whether it can work, how far it is behind, and jobs that are due. */

import { call } from "../api/client";
import type { System } from "../api/types";
import { Table } from "../kit/table";
import { Facts, State, When } from "../kit/values";
import { count } from "../lib/money";
import { useWords } from "../words";

/** What every program says of itself, whether it can work or not. */
export type Readiness = Pick<System, "ready" | "why" | "durability" | "batches" | "commands" | "reruns">;

/** One that can't work says so with a status of its own, and the same body. */
export async function readiness(): Promise<Readiness> {
  const { data, error } = await call<Readiness>("GET", "/readyz");
  return data ?? (error as Readiness);
}

export function Health({ of }: { of: Readiness }) {
  const { operator } = useWords();
  return (
    <>
      <p>
        <State tone={of.ready ? "good" : "bad"}>{of.ready ? operator.ready : operator.unready}</State>
      </p>
      {of.why.length > 0 && (
        <ul>
          {of.why.map(code => (
            <li key={code}>{(operator.why as Record<string, string>)[code] ?? code}</li>
          ))}
        </ul>
      )}
    </>
  );
}

export function Backlog({ of }: { of: System }) {
  const { operator } = useWords();
  const behind = of.facts_behind > 0;
  return (
    <Facts
      items={[
        [operator.queued, count(of.queued)],
        [
          operator.behind,
          <State key="behind" tone={behind ? "busy" : "good"}>
            {behind ? operator.behindBy(count(of.facts_behind), count(of.books_behind)) : operator.behindNone}
          </State>,
        ],
      ]}
    />
  );
}

type Job = System["jobs"][number];

export function Jobs({ of }: { of: Job[] }) {
  const { operator } = useWords();
  if (of.length === 0) return null;
  const number = (key: "due" | "under_way" | "retried", title: string) => ({
    key,
    title,
    number: true,
    cell: (job: Job) => count(job[key]),
  });
  const columns = [
    { key: "kind", title: operator.job, cell: (job: Job) => operator.jobKinds[job.kind] ?? job.kind },
    number("due", operator.due),
    number("under_way", operator.underWay),
    number("retried", operator.retried),
    { key: "since", title: operator.since, cell: (job: Job) => <When at={job.since} /> },
  ];
  return <Table rows={of} id={job => job.kind} columns={columns} />;
}
