/** One act that waits for a second person, or did. */

import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { api } from "../api/client";
import type { AnyCode } from "../api/problem";
import { take } from "../api/problem";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, Id, When } from "../kit/values";
import { ApprovalActs, ApprovalState, sizeOf } from "../parts/approvals";
import { Asked, Gave } from "../parts/asked";
import { ToAudit } from "../parts/to-audit";
import { inMode } from "../session/door";
import { useWords } from "../words";

export default function ApprovalPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const words = useWords();
  const { approvals, problems } = words;
  const { mode } = useSearch({ strict: false }) as { mode?: string };
  const path = { params: { path: { id } }, ...inMode(mode) };
  const asked = useQuery({ queryKey: ["approval", id], queryFn: () => take(api.GET("/v1/approvals/{id}", path)) });
  const back = { to: "/approvals", text: approvals.title };
  if (asked.error)
    return (
      <Page title={approvals.one} back={back}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  const of = asked.data;
  const failed = of.problem && (problems[of.problem as AnyCode]?.what ?? of.problem);
  return (
    <Page title={approvals.acts[of.act]} intro={<ApprovalState of={of} />} back={back} acts={<ApprovalActs of={of} />}>
      <Section title={approvals.one} acts={<ToAudit of={of.id} />}>
        <Facts
          items={[
            ["ID", <Id key="id" id={of.id} whole />],
            [approvals.size, sizeOf(of, words)],
            [approvals.requester, <Id key="by" id={of.requester} whole />],
            [approvals.created, <When key="at" at={of.created_at} full />],
            [approvals.until, of.state === "open" && <When at={of.expires_at} full />],
            [approvals.aloneUntil, of.state === "open" && of.alone_until && <When at={of.alone_until} full />],
            [approvals.decider, of.decided_by && <Id id={of.decided_by} whole />],
            [approvals.decided, of.decided_at && <When at={of.decided_at} full />],
            [approvals.reason, of.reason],
            [approvals.problem, failed],
          ]}
        />
      </Section>
      <Section title={approvals.asked}>
        <Asked of={of} />
      </Section>
      {of.result && (
        <Section title={approvals.gave}>
          <Gave result={of.result} />
        </Section>
      )}
    </Page>
  );
}
