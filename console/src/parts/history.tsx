/** The versions of a resource, each with what became another. */

import { useQuery } from "@tanstack/react-query";
import { Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Id, When } from "../kit/values";
import { differences, type Kind, type Resource, type Version } from "../lib/resource";
import { useWords } from "../words";
import { resources } from "./kinds";
import { useTongue } from "./of-kind";
import { useVocabulary } from "./vocabulary";

export function History({ kind, one }: { kind: Kind; one: Resource }) {
  const { settings } = useWords();
  const asked = useQuery({
    queryKey: ["history", kind.plural, one.id, one.version],
    queryFn: () => resources.history(kind.plural, kind.single ? undefined : one.id),
  });
  if (asked.isPending) return <Waiting />;
  if (asked.error) return <Trouble error={asked.error} />;
  const versions = asked.data.data;
  return (
    <div className="page history">
      <Section title={settings.history}>
        {versions.length === 0 && <p className="muted">{settings.historyNone}</p>}
        <ol className="story">
          {versions.map((version, place) => (
            <VersionItem key={version.version} kind={kind} now={version} before={versions[place + 1]} />
          ))}
        </ol>
      </Section>
    </div>
  );
}

function VersionItem({ kind, now, before }: { kind: Kind; now: Version; before: Version | undefined }) {
  const { kit, settings } = useWords();
  const tongue = useTongue();
  const { said } = useVocabulary();
  const nameOf = (name: string) => kind.fields.find(field => field.name === name)?.words[tongue] ?? name;
  const changed = before ? differences(before, now) : [];
  const archived = now.archived_at !== (before?.archived_at ?? null);
  return (
    <li>
      <span>
        {settings.version} {now.version} · <When at={now.edited_at} full /> {now.by && <Id id={now.by} />}
        {archived && ` · ${now.archived_at ? settings.archived : settings.restore}`}
      </span>
      {changed.map(({ name, before: was, after }) => (
        <span key={name} className="change">
          {nameOf(name)}
          {kit.colon}
          <del>{said(name, was)}</del> → <ins>{said(name, after)}</ins>
        </span>
      ))}
    </li>
  );
}
