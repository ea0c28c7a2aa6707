/** How this instance does, for the operator: whether it can work, with what, and how much it did. */

import { useQuery } from "@tanstack/react-query";
import { call } from "../api/client";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, State } from "../kit/values";
import { count } from "../lib/money";
import { useDocument } from "../parts/reference";
import { useWords } from "../words";

interface Readiness {
  ready: boolean;
  why: string[];
  durability: string;
  batches: number;
  commands: number;
  reruns: number;
}

const EVERY_MS = 5_000;

/** One that can't work says so with a status of its own, and the same body. */
async function readiness(): Promise<Readiness> {
  const { data, error } = await call<Readiness>("GET", "/readyz");
  return data ?? (error as Readiness);
}

export default function SystemPage() {
  const { operator, frame } = useWords();
  const asked = useQuery({ queryKey: ["readyz"], queryFn: readiness, refetchInterval: EVERY_MS });
  const version = useDocument().data?.info.version;
  if (asked.isPending) return <Waiting />;
  const of = asked.data;
  return (
    <Page title={frame.pages.system} intro={operator.systemIntro}>
      {asked.error && <Trouble error={asked.error} retry={() => void asked.refetch()} />}
      {of && (
        <>
          <Section title={operator.health}>
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
          </Section>
          <Section title={operator.instance}>
            <Facts
              items={[
                [operator.version, version],
                [operator.durability, of.durability],
                [operator.batches, count(of.batches)],
                [operator.commands, count(of.commands)],
                [operator.perBatch, of.batches > 0 && (of.commands / of.batches).toFixed(1)],
                [operator.reruns, count(of.reruns)],
              ]}
            />
          </Section>
        </>
      )}
    </Page>
  );
}
