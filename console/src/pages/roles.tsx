/** The roles that everybody has, and those that were made here. */

import { List } from "../kit/list-page";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts } from "../kit/values";
import type { Kind } from "../lib/resource";
import { NewOne, useKindList } from "../parts/kind-list";
import { useKinds } from "../parts/kinds";
import { useVocabulary } from "../parts/vocabulary";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function RolesPage() {
  const { frame, settings } = useWords();
  const can = useCan();
  const { kinds, error } = useKinds();
  const kind = kinds.find(one => one.kind === "role");
  const back = { to: "/resources", text: settings.resourcesTitle };
  const act = kind && can(kind.write) && <NewOne kind={kind} />;
  return (
    <Page title={frame.pages.roles} intro={settings.rolesIntro} back={back} acts={act}>
      <Section title={settings.rolesOfAll} note={settings.rolesOfAllNote}>
        <BuiltIn />
      </Section>
      {error && <Trouble error={error} />}
      {!kind && !error && <Waiting />}
      {kind && (
        <Section title={settings.rolesOwn}>
          <Own kind={kind} />
        </Section>
      )}
    </Page>
  );
}

function BuiltIn() {
  const { settings } = useWords();
  const { known } = useVocabulary();
  const texts: Record<string, string> = settings.roleTexts;
  return <Facts items={known("roles").map(({ value, label }) => [label, texts[value]])} />;
}

const Own = ({ kind }: { kind: Kind }) => <List {...useKindList(kind)} />;
