/** The form of what each shop has one of, whatever its kind, with its history. */

import { FormPage } from "../kit/form-page";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts } from "../kit/values";
import { bodyOf, type Kind, type Resource } from "../lib/resource";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { History } from "./history";
import { useGroupsOf } from "./kind-form";
import { useTongue } from "./of-kind";
import { editTheOne, useTheOne } from "./the-one";
import { useVocabulary } from "./vocabulary";

type Values = Record<string, unknown>;

/** Where it goes back to is all configuration, unless it has a better place. */
interface Place {
  back?: { to: string; text: string };
}

export function TheOne({ kind, ...place }: { kind: Kind } & Place) {
  const can = useCan();
  const asked = useTheOne(kind.plural);
  if (asked.error) return <Trouble error={asked.error} />;
  if (!asked.data) return <Waiting />;
  if (!can(kind.write)) return <TheOneAsItIs kind={kind} one={asked.data} {...place} />;
  return <FormOfTheOne key={asked.data.version} kind={kind} one={asked.data} {...place} />;
}

/** Somebody else decides it; here it is read. */
function TheOneAsItIs({ kind, one, back }: { kind: Kind; one: Resource } & Place) {
  const { settings } = useWords();
  const tongue = useTongue();
  const { said } = useVocabulary();
  const title = kind.words[tongue];
  const shown = kind.fields.filter(field => !field.secret);
  return (
    <Page title={title} back={back ?? { to: "/resources", text: settings.resourcesTitle }}>
      <Section title={title}>
        <Facts items={shown.map(({ name, words }) => [words[tongue], said(name, one[name])])} />
      </Section>
      <History kind={kind} one={one} />
    </Page>
  );
}

function FormOfTheOne({ kind, one, back }: { kind: Kind; one: Resource } & Place) {
  const { settings } = useWords();
  const tongue = useTongue();
  const groups = useGroupsOf(kind, one);
  const hidden = Object.fromEntries(kind.fields.filter(field => field.secret).map(field => [field.name, undefined]));
  return (
    <>
      <FormPage<Values, Resource>
        title={kind.words[tongue]}
        back={back ?? { to: "/resources", text: settings.resourcesTitle }}
        groups={groups}
        initial={{ ...one, ...hidden }}
        save={(_, changed) => editTheOne(kind.plural, one.version, bodyOf(kind, changed, false))}
      />
      <History kind={kind} one={one} />
    </>
  );
}
