/** One batch of codes: how many are in which state, and what can be done with those that nobody saw. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Alert } from "antd";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { CodeBatch } from "../api/types";
import { Go, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, Id, State, When } from "../kit/values";
import { brief } from "../lib/ids";
import { count } from "../lib/money";
import { BatchActs } from "../parts/batch-acts";
import { BatchExport } from "../parts/batch-export";
import { SkuLink } from "../parts/sku-link";
import { useCan } from "../session/context";
import { useWords } from "../words";

const TONE = { open: "good", frozen: "care", voided: "calm" } as const;
const POLL_MS = 700;

export default function BatchPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { codes, frame } = useWords();
  const can = useCan();
  const asked = useQuery({
    queryKey: ["batches", id],
    queryFn: () => take(api.GET("/v1/code-batches/{id}", { params: { path: { id } } })),
    refetchInterval: query => (query.state.data?.in_progress ? POLL_MS : false),
  });
  const back = { to: "/imports", text: codes.title };
  if (asked.error)
    return (
      <Page title={codes.batch} back={back}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  const batch = asked.data;
  const state = <State tone={TONE[batch.state]}>{codes.batchStates[batch.state]}</State>;
  const acts = (
    <>
      {can("orders:read") && <Go to={`/orders?batch=${id}`}>{frame.pages.orders}</Go>}
      <BatchActs batch={batch} />
      <BatchExport batch={batch} />
    </>
  );
  return (
    <Page title={codes.batchOf(batch.name ?? brief(id))} intro={state} back={back} acts={acts}>
      {batch.in_progress && <Alert type="info" showIcon title={codes.inProgress} />}
      {batch.relocation_failed && <Alert type="error" showIcon title={codes.relocationFailed} />}
      <Section title={codes.counts} note={`${codes.total} ${count(batch.codes)}`}>
        <BatchCounts batch={batch} />
      </Section>
      <Section title={codes.batch}>
        <BatchFacts batch={batch} />
      </Section>
    </Page>
  );
}

function BatchCounts({ batch }: { batch: CodeBatch }) {
  const { codes } = useWords();
  return (
    <dl className="counts">
      {(Object.keys(batch.counts) as (keyof CodeBatch["counts"])[]).map(key => (
        <div key={key}>
          <dt>{codes.codeStates[key]}</dt>
          <dd className={batch.counts[key] ? undefined : "muted"}>{count(batch.counts[key])}</dd>
        </div>
      ))}
    </dl>
  );
}

function BatchFacts({ batch }: { batch: CodeBatch }) {
  const { codes } = useWords();
  return (
    <Facts
      items={[
        ["ID", <Id key="id" id={batch.id} />],
        [codes.sku, <SkuLink key="sku" id={batch.sku} />],
        [codes.importAct, <Id key="import" id={batch.import} />],
        [codes.supplier, batch.supplier],
        [codes.cost, batch.unit_cost],
        [codes.created, <When key="at" at={batch.created_at} full />],
      ]}
    />
  );
}
