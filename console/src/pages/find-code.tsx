/** One code, found by what stands on it. What is typed never stands in the address. */

import { useMutation } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Code } from "../api/types";
import { Act } from "../kit/act";
import { Page, Section } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, Id, State, When } from "../kit/values";
import { SkuLink } from "../parts/sku-link";
import { useWords } from "../words";

const VERBS = { freeze: "/v1/codes/freeze", unfreeze: "/v1/codes/unfreeze", void: "/v1/codes/void" } as const;

export default function FindCode() {
  const { codes } = useWords();
  const [typed, setTyped] = useState("");
  const finding = useMutation({ mutationFn: (code: string) => take(api.POST("/v1/codes/lookup", { body: { code } })) });
  return (
    <Page title={codes.findTitle} intro={codes.findText} back={{ to: "/imports", text: codes.title }}>
      <Input.Search
        className="find"
        size="large"
        aria-label={codes.findHint}
        placeholder={codes.findHint}
        enterButton={codes.find}
        value={typed}
        loading={finding.isPending}
        onChange={event => setTyped(event.target.value)}
        onSearch={text => text.trim() && finding.mutate(text.trim())}
      />
      {finding.error && <Trouble error={finding.error} />}
      {finding.data && <Found code={finding.data} again={() => finding.mutate(typed.trim())} />}
    </Page>
  );
}

function Found({ code, again }: { code: Code; again: () => void }) {
  const { codes } = useWords();
  const mark = (verb: keyof typeof VERBS) => (
    <Act
      word={codes.one[verb]}
      danger={verb === "void"}
      title={codes.one[verb]}
      text={codes.oneText[verb]}
      reason="required"
      run={reason => take(api.POST(VERBS[verb], { body: { id: code.id, reason } }))}
      done={again}
    />
  );
  const acts = (
    <>
      {code.state === "available" && mark("freeze")}
      {code.state === "frozen" && mark("unfreeze")}
      {["available", "frozen", "doubtful"].includes(code.state) && mark("void")}
    </>
  );
  return (
    <Section
      title={codes.code}
      note={<State tone={code.state === "available" ? "good" : "calm"}>{codes.codeStates[code.state]}</State>}
      acts={acts}
    >
      <Facts
        items={[
          ["ID", <Id key="id" id={code.id} whole />],
          [codes.sku, <SkuLink key="sku" id={code.sku} />],
          [codes.batch, <Id key="batch" id={code.batch} />],
          [codes.order, code.order && <Id id={code.order} />],
          [codes.validUntil, code.valid_until && <When at={code.valid_until} full />],
          [codes.similar, (code.similar ?? []).length > 0 && code.similar?.map(id => <Id key={id} id={id} />)],
        ]}
      />
    </Section>
  );
}
