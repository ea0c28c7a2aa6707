/** How the whole does, for the operator: whether it can work, with what, and what waits to be done. */

import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { api } from "../api/client";
import { take } from "../api/problem";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, State } from "../kit/values";
import { size } from "../lib/files";
import { count } from "../lib/money";
import { useDocument } from "../parts/reference";
import { Backlog, Health, Jobs, readiness } from "../parts/system";
import { useWords } from "../words";

const EVERY_MS = 5_000;

export default function SystemPage() {
  const { operator, frame } = useWords();
  const asked = useQuery({
    queryKey: ["system"],
    queryFn: () => take(api.GET("/v1/system")),
    refetchInterval: EVERY_MS,
    retry: false,
  });
  const failed = asked.isError;
  // One that can't work answers nothing but this.
  const ready = useQuery({ queryKey: ["readyz"], queryFn: readiness, refetchInterval: EVERY_MS, enabled: failed });
  const version = useDocument().data?.info.version;
  const whole = failed ? undefined : asked.data;
  const of = whole ?? ready.data;
  if (!of && !asked.error) return <Waiting />;
  return (
    <Page title={frame.pages.system} intro={operator.systemIntro}>
      {failed &&
        (of ? (
          <Alert type="warning" showIcon title={operator.fallback} />
        ) : (
          <Trouble error={asked.error} retry={() => void asked.refetch()} />
        ))}
      {of && (
        <Section title={operator.health}>
          <Health of={of} />
        </Section>
      )}
      {whole && (
        <>
          <Section title={operator.backlog}>
            <Backlog of={whole} />
          </Section>
          <Section
            title={operator.jobs}
            note={whole.jobs.length === 0 && <State tone="good">{operator.jobsNone}</State>}
          >
            <Jobs of={whole.jobs} />
          </Section>
        </>
      )}
      {of && (
        <Section title={operator.program}>
          <Facts
            items={[
              [operator.version, whole?.version ?? version],
              [operator.database, whole && (operator.databases[whole.database] ?? whole.database)],
              [operator.size, whole && size(whole.database_bytes)],
              [operator.durability, of.durability],
            ]}
          />
        </Section>
      )}
      {of && (
        <Section title={operator.instance}>
          <Facts
            items={[
              [operator.batches, count(of.batches)],
              [operator.commands, count(of.commands)],
              [operator.perBatch, of.batches > 0 && (of.commands / of.batches).toFixed(1)],
              [operator.reruns, count(of.reruns)],
            ]}
          />
        </Section>
      )}
    </Page>
  );
}
