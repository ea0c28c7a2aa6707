/** The pages by groups; only those that one may see. */

import { Link } from "@tanstack/react-router";
import { type GroupName, PAGES, type PageLine } from "../pages";
import { placeOf, useKinds } from "../parts/kinds";
import { useTongue } from "../parts/of-kind";
import { useCan } from "../session/context";
import { useWords } from "../words";

const GROUPS: GroupName[] = ["work", "goods", "money", "settings"];

export function Navigation({ open }: { open: boolean }) {
  const { frame } = useWords();
  const can = useCan();
  const of = (group: GroupName) => PAGES.filter(line => line.menu?.group === group && can(line.scope));
  return (
    <nav id="navigation" className={open ? "side open" : "side"} aria-label={frame.navigation}>
      {GROUPS.filter(group => of(group).length > 0).map(group => (
        <section key={group}>
          <h2>{frame.groups[group]}</h2>
          <ul>
            {of(group).map(line => (
              <Item key={line.path} line={line} />
            ))}
          </ul>
        </section>
      ))}
      <OwnKinds />
    </nav>
  );
}

function Item({ line }: { line: PageLine }) {
  const { frame } = useWords();
  if (!line.menu) return null;
  const { name, key } = line.menu;
  return (
    <li>
      <Link to={line.path} activeOptions={{ exact: line.path === "/" }} activeProps={{ "aria-current": "page" }}>
        <span>{frame.pages[name]}</span>
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus */}
        {key && <kbd aria-hidden="true">g {key}</kbd>}
      </Link>
    </li>
  );
}

/** Whatever can be configured in this program, with a table of its own. */
function OwnKinds() {
  const { frame } = useWords();
  const tongue = useTongue();
  const can = useCan();
  const kinds = useKinds().kinds.flatMap(kind => {
    const to = can(kind.read) && placeOf(kind);
    return to && /^\/(r|one)\//.test(to) ? [{ kind, to }] : [];
  });
  if (kinds.length === 0) return null;
  return (
    <section>
      <h2>{frame.groups.resources}</h2>
      <ul>
        {kinds.map(({ kind, to }) => (
          <li key={kind.kind}>
            <Link to={to} activeProps={{ "aria-current": "page" }}>
              {kind.words[tongue]}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
