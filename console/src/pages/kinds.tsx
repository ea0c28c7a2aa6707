/** Everything that can be configured. */

import { Link } from "@tanstack/react-router";
import { Nothing, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { placeOf, useKinds } from "../parts/kinds";
import { useCan } from "../session/context";
import { useSpoken } from "../words";

export default function Kinds() {
  const { language, words } = useSpoken();
  const { settings } = words;
  const can = useCan();
  const { kinds, isPending, error } = useKinds();
  const name = language === "en" ? "en" : "zh";
  const shown = kinds.flatMap(kind => {
    const to = can(kind.read) && placeOf(kind);
    return to ? [{ kind, to }] : [];
  });
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
            {shown.map(({ kind, to }) => (
              <li key={kind.kind}>
                <Link to={to}>{kind.words[name]}</Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
