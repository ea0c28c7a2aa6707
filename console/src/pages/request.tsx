/** One request of a program: what it asked, what was answered, and what helps. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { codeOf, take } from "../api/problem";
import type { LoggedRequest } from "../api/types";
import { Away, Nothing, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Copy, Facts, When } from "../kit/values";
import { count } from "../lib/money";
import { operationsOf, useDocument } from "../parts/reference";
import { duration, Outcome, pretty, Status, toldOf, useKeyNames } from "../parts/requests";
import { useSpoken, useWords } from "../words";

export default function RequestPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { requests } = useWords();
  const path = { params: { path: { id } } };
  const asked = useQuery({ queryKey: ["request", id], queryFn: () => take(api.GET("/v1/requests/{id}", path)) });
  const of = asked.data;
  return (
    <Page
      title={of ? `${of.method} ${of.route || of.path}` : requests.one}
      intro={of && <Status of={of} />}
      back={{ to: "/requests", text: requests.title }}
      acts={of && <ToReference of={of} />}
    >
      {asked.isPending && <Waiting />}
      {asked.error &&
        (codeOf(asked.error) === "not_found" ? (
          <Nothing title={requests.gone} text={requests.goneText} />
        ) : (
          <Trouble error={asked.error} retry={() => void asked.refetch()} />
        ))}
      {of && <Told of={of} />}
    </Page>
  );
}

function Told({ of }: { of: LoggedRequest }) {
  const words = useWords();
  const { requests } = words;
  const { nameOf } = useKeyNames();
  return (
    <>
      <Section title={requests.one}>
        <Facts
          items={[
            [requests.why, <Outcome key="outcome" of={of} />],
            [requests.cure, toldOf(of.code, words)?.cure],
            [requests.fields, of.fields.length > 0 && <Fields of={of} />],
            [requests.call, <code key="call" className="whole">{`${of.method} ${of.path}`}</code>],
            [requests.at, <When key="at" at={of.at} full />],
            [requests.took, duration(of.micros)],
            [requests.key, nameOf(of.key)],
            [requests.agent, of.agent],
            [requests.id, <OwnId key="id" of={of} />],
          ]}
        />
        {of.left_out > 0 && <p className="muted">{requests.leftOut(count(of.left_out))}</p>}
      </Section>
      <Section title={requests.body}>
        <p className="muted">{of.body ? requests.bodyNote : requests.noBody}</p>
        {of.body && <pre className="mono json body">{pretty(of.body)}</pre>}
      </Section>
    </>
  );
}

const OwnId = ({ of: { id } }: { of: LoggedRequest }) => (
  <span className="id">
    {id} <Copy text={id} />
  </span>
);

const Fields = ({ of: { fields } }: { of: LoggedRequest }) =>
  fields.map((field, place) => (
    <span key={field}>
      {place > 0 && " "}
      <code>{field}</code>
    </span>
  ));

/** Its operation in the whole reference, where it has one. */
function ToReference({ of }: { of: LoggedRequest }) {
  const { language, words } = useSpoken();
  const { data } = useDocument();
  const found = data && operationsOf(data).find(one => one.method === of.method && one.path === of.route);
  if (!found) return null;
  return <Away to={`/docs?lang=${language}#${found.id}`}>{words.requests.toReference}</Away>;
}
