/** What the importer asks of a file, answered where it is asked. */

import { useMutation } from "@tanstack/react-query";
import { Button, Radio, Select } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { CodeImport, Finding } from "../api/types";
import { Section } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { When } from "../kit/values";
import { useSpoken } from "../words";

const MANY = 5;

export function Questions({ one }: { one: CodeImport }) {
  const { codes } = useSpoken().words;
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const open = one.findings.filter(finding => finding.open);
  const path = { params: { path: { id: one.id } } };
  const sending = useMutation({
    mutationFn: () => take(api.POST("/v1/code-imports/{id}/decisions", { ...path, body: { answers } })),
  });
  const missing = open.some(finding => !answers[finding.id]);
  return (
    <Section title={codes.questions}>
      <p className="muted">
        {codes.questionsText} {one.kept_until && <Kept at={one.kept_until} />}
      </p>
      {open.map(finding => (
        <Question
          key={finding.id}
          finding={finding}
          value={answers[finding.id]}
          answer={value => setAnswers({ ...answers, [finding.id]: value })}
        />
      ))}
      {sending.error && <Trouble error={sending.error} />}
      <div className="acts">
        <Button type="primary" disabled={missing} loading={sending.isPending} onClick={() => sending.mutate()}>
          {codes.answer}
        </Button>
        {missing && <span className="muted">{codes.answerAll}</span>}
      </div>
    </Section>
  );
}

function Kept({ at }: { at: string }) {
  const { codes } = useSpoken().words;
  const [before, after] = codes.keptUntil("|").split("|");
  return (
    <>
      {before}
      <When at={at} />
      {after}
    </>
  );
}

function Question({
  finding,
  value,
  answer,
}: {
  finding: Finding;
  value: string | undefined;
  answer: (value: string) => void;
}) {
  const { language, words } = useSpoken();
  const english = language === "en";
  const options = finding.choices.map(choice => ({
    value: choice.value,
    label: english ? choice.text : choice.text_zh,
  }));
  const question = english ? finding.question : finding.question_zh;
  return (
    <fieldset className="question">
      <legend>{question}</legend>
      {finding.lines.length > 0 && <small className="muted">{words.codes.lines(finding.lines.join(", "))}</small>}
      {options.length > MANY ? (
        <Select
          aria-label={question}
          className="short"
          value={value}
          options={options}
          onChange={answer}
          showSearch={{ optionFilterProp: "label" }}
        />
      ) : (
        <Radio.Group
          className="radios"
          value={value}
          options={options}
          onChange={event => answer(event.target.value)}
        />
      )}
    </fieldset>
  );
}
