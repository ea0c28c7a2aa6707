/** The form of what each shop has one of, whatever its kind, with its history. */

import { FormPage } from "../kit/form-page";
import { Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { bodyOf, type Kind, type Resource } from "../lib/resource";
import { History } from "../parts/history";
import { useGroupsOf } from "../parts/kind-form";
import { OfKind, useTongue } from "../parts/of-kind";
import { editTheOne, useTheOne } from "../parts/the-one";
import { useWords } from "../words";

type Values = Record<string, unknown>;

export default function TheOnePage() {
  return <OfKind>{kind => <TheOne key={kind.plural} kind={kind} />}</OfKind>;
}

function TheOne({ kind }: { kind: Kind }) {
  const asked = useTheOne(kind.plural);
  if (asked.error) return <Trouble error={asked.error} />;
  if (!asked.data) return <Waiting />;
  return <FormOfTheOne key={asked.data.version} kind={kind} one={asked.data} />;
}

function FormOfTheOne({ kind, one }: { kind: Kind; one: Resource }) {
  const { settings } = useWords();
  const tongue = useTongue();
  const groups = useGroupsOf(kind, one);
  const hidden = Object.fromEntries(kind.fields.filter(field => field.secret).map(field => [field.name, undefined]));
  return (
    <>
      <FormPage<Values, Resource>
        title={kind.words[tongue]}
        back={{ to: "/resources", text: settings.resourcesTitle }}
        groups={groups}
        initial={{ ...one, ...hidden }}
        save={(_, changed) => editTheOne(kind.plural, one.version, bodyOf(kind, changed, false))}
      />
      <History kind={kind} one={one} />
    </>
  );
}
