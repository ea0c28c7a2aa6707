/** What wants a second person, and from how much on. */

import { api } from "../api/client";
import { take } from "../api/problem";
import type { Policy } from "../api/types";
import { FormPage } from "../kit/form-page";
import { Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { History } from "../parts/history";
import { useKinds } from "../parts/kinds";
import { type PolicyForm, policyGroups, toBody, toForm } from "../parts/policy-form";
import { useTheOne } from "../parts/the-one";
import { useWords } from "../words";

const KIND = "approval_policy";

export default function PolicyPage() {
  const words = useWords();
  const { kinds } = useKinds();
  const asked = useTheOne(KIND);
  if (asked.error) return <Trouble error={asked.error} />;
  if (!asked.data) return <Waiting />;
  const kind = kinds.find(one => one.kind === KIND);
  const { version } = asked.data;
  const save = (form: PolicyForm) =>
    take(api.PATCH("/v1/approval_policy", { headers: { "if-match": `"${version}"` }, body: toBody(form) }));
  return (
    <>
      <FormPage<PolicyForm, Policy>
        key={version}
        title={words.frame.pages.policy}
        intro={words.approvals.policyIntro}
        back={{ to: "/approvals", text: words.approvals.title }}
        groups={policyGroups(words)}
        initial={toForm(asked.data as unknown as Policy)}
        save={save}
      />
      {kind && <History kind={kind} one={asked.data} />}
    </>
  );
}
