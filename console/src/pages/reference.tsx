/** What the API can do: every operation, found by any word of it; its details stand in the whole reference. */

import { Input } from "antd";
import { useState } from "react";
import { Away, Nothing, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { useKinds } from "../parts/kinds";
import { useTongue } from "../parts/of-kind";
import { byTag, type Operation, operationsOf, useDocument } from "../parts/reference";
import { useSpoken } from "../words";

export default function ReferencePage() {
  const { language, words } = useSpoken();
  const { developers, kit } = words;
  const [text, setText] = useState("");
  const asked = useDocument();
  const tongue = useTongue();
  const { kinds } = useKinds();
  const named = (tag: string): string =>
    (developers.tags as Record<string, string>)[tag] ?? kinds.find(one => one.plural === tag)?.words[tongue] ?? tag;
  const groups = asked.data ? byTag(operationsOf(asked.data), text) : [];
  return (
    <Page
      title={developers.reference}
      intro={asked.data && developers.version(asked.data.info.version)}
      back={{ to: "/developers", text: developers.title }}
      acts={<Away to={`/docs?lang=${language}`}>{developers.whole}</Away>}
    >
      <Input.Search
        className="find"
        aria-label={developers.find}
        placeholder={developers.findHint}
        value={text}
        allowClear
        onChange={event => setText(event.target.value)}
      />
      {asked.error && <Trouble error={asked.error} />}
      {asked.isPending && <Waiting />}
      {asked.data && groups.length === 0 && <Nothing title={kit.noMatch} text={developers.findNothing} />}
      {groups.map(([tag, operations]) => (
        <Section key={tag} title={named(tag)}>
          <ul className="operations">
            {operations.map(one => (
              <OperationItem key={one.method + one.path} of={one} language={language} />
            ))}
          </ul>
        </Section>
      ))}
    </Page>
  );
}

const OperationItem = ({ of: { id, method, path, summary }, language }: { of: Operation; language: string }) => (
  <li>
    <code className="method">{method}</code>
    <a href={`/docs?lang=${language}#${id}`} target="_blank" rel="noreferrer">
      <code>{path}</code>
    </a>
    <span className="muted">{summary}</span>
  </li>
);
