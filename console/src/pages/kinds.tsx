/** Everything that can be configured. */

import { Link } from "@tanstack/react-router";
import { Nothing, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { useKinds } from "../parts/kinds";
import { useCan } from "../session/context";
import { useSpoken } from "../words";

export default function Kinds() {
  const { language, words } = useSpoken();
  const { settings } = words;
  const can = useCan();
  const { kinds, isPending, error } = useKinds();
  const name = language === "en" ? "en" : "zh";
  const shown = kinds.filter(kind => can(kind.read));
  return (
    <Page title={settings.resourcesTitle} intro={settings.resourcesIntro}>
      {error && <Trouble error={error} />}
      {isPending ? (
        <Waiting />
      ) : shown.length === 0 ? (
        <Nothing title={settings.resourcesEmptyTitle} text={settings.resourcesEmptyText} />
      ) : (
        <Section title={settings.kind}>
          <ul className="kinds">
            {shown.map(kind => (
              <li key={kind.kind}>
                <Link to={`/r/${kind.plural}`}>{kind.words[name]}</Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
