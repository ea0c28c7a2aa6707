/** The form of any resource, new or there already, with its history. */

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FormPage } from "../kit/form-page";
import { Page, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { bodyOf, type Kind, type Resource, titleOf } from "../lib/resource";
import { History } from "../parts/history";
import { ResourceActs } from "../parts/kind-acts";
import { useGroupsOf } from "../parts/kind-form";
import { placeOf, resources } from "../parts/kinds";
import { OfKind, useTongue } from "../parts/of-kind";
import { useWords } from "../words";

export default function ResourcePage() {
  return <OfKind>{(kind, id) => (id ? <There kind={kind} id={id} /> : <FormOfKind kind={kind} />)}</OfKind>;
}

function There({ kind, id }: { kind: Kind; id: string }) {
  const tongue = useTongue();
  const asked = useQuery({ queryKey: ["resource", id], queryFn: () => resources.get(kind.plural, id) });
  if (asked.error)
    return (
      <Page title={kind.words[tongue]} back={{ to: placeOf(kind) ?? "/resources", text: kind.words[tongue] }}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  return (
    <>
      <FormOfKind key={asked.data.version} kind={kind} one={asked.data} />
      <History kind={kind} one={asked.data} />
    </>
  );
}

type Values = Record<string, unknown>;

function FormOfKind({ kind, one }: { kind: Kind; one?: Resource }) {
  const { settings } = useWords();
  const tongue = useTongue();
  const navigate = useNavigate();
  const groups = useGroupsOf(kind, one);
  const hidden = Object.fromEntries(kind.fields.filter(field => field.secret).map(field => [field.name, undefined]));
  const save = (values: Values, changed: Values) =>
    one
      ? resources.edit(kind.plural, one, bodyOf(kind, changed, false))
      : resources.create(kind.plural, bodyOf(kind, values, true));
  return (
    <FormPage<Values, Resource>
      title={one ? titleOf(kind, one) : settings.newOne(kind.words[tongue])}
      back={{ to: placeOf(kind) ?? "/resources", text: kind.words[tongue] }}
      acts={one && <ResourceActs kind={kind} one={one} />}
      groups={groups}
      initial={{ ...one, ...hidden }}
      save={save}
      saved={made => !one && void navigate({ to: `/r/${kind.plural}/${made.id}` })}
    />
  );
}
