/** The frame of every page behind the door: navigation, search, who and where one is. */

import { Link, Outlet, useMatches, useRouter, useRouterState } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { Go, Nothing } from "../kit/page";
import { isField, Keys } from "../lib/keys";
import { Live } from "../live/live";
import { PAGES } from "../pages";
import { ExportTray } from "../parts/export-tray";
import { useScopes } from "../parts/vocabulary";
import { useCan, useMerchant } from "../session/context";
import { useWords } from "../words";
import { AccountMenu } from "./account-menu";
import { Help } from "./help";
import { Navigation } from "./navigation";
import { SearchBox } from "./search-box";

export function Shell() {
  const { frame } = useWords();
  const { name, mode } = useMerchant();
  const [menu, setMenu] = useState(false);
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const can = useCan();
  const scope = useMatches({ select: matches => matches.at(-1)?.staticData.scope });
  const path = useRouterState({ select: state => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu
  useEffect(() => setMenu(false), [path]);
  const search = useCallback(() => setSearching(true), []);
  const help = useCallback(() => setHelping(true), []);
  useKeys(search, help);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {frame.skip}
      </a>
      <header className="top">
        <button
          type="button"
          className="burger"
          aria-expanded={menu}
          aria-controls="navigation"
          onClick={() => setMenu(!menu)}
        >
          <span className="visually-hidden">{menu ? frame.closeMenu : frame.menu}</span>
          <span aria-hidden="true">{menu ? "✕" : "☰"}</span>
        </button>
        <Link to="/" className="brand" aria-label={frame.product}>
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="28" height="28" />
          <span>{frame.product}</span>
        </Link>
        <button type="button" className="search-button" onClick={search}>
          <span>{frame.search}</span>
          <kbd>/</kbd>
        </button>
        <AccountMenu shop={name} help={help} />
      </header>
      {mode === "test" && <p className="mode-note">{frame.testNote}</p>}
      <Navigation open={menu} />
      {menu && <button type="button" className="shade" aria-label={frame.closeMenu} onClick={() => setMenu(false)} />}
      <main id="content" tabIndex={-1}>
        {can(scope) ? <Outlet /> : <Forbidden scope={scope ?? ""} />}
      </main>
      <Live />
      <ExportTray />
      <SearchBox open={searching} close={() => setSearching(false)} />
      <Help open={helping} close={() => setHelping(false)} />
    </div>
  );
}

/** `/`, `?`, and `g` with the letter of a page. */
function useKeys(search: () => void, help: () => void) {
  const router = useRouter();
  const can = useCan();
  useEffect(() => {
    const keys = new Keys();
    const pressed = (event: KeyboardEvent) => {
      const modal = document.querySelector("[role=dialog]") !== null;
      const act = keys.press(pick(event, modal || isField(event.target)), event.timeStamp);
      if (!act) return;
      event.preventDefault();
      if (act.kind === "search") return search();
      if (act.kind === "help") return help();
      const page = PAGES.find(line => line.menu?.key === act.key && can(line.scope));
      if (page) void router.navigate({ to: page.path });
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [router, can, search, help]);
}

const pick = ({ key, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent, typing: boolean) => ({
  key,
  ctrlKey,
  metaKey,
  altKey,
  isComposing,
  typing,
});

export function Lost() {
  const { frame } = useWords();
  return (
    <Nothing title={frame.lost} text={frame.lostText}>
      <Go to="/">{frame.toHome}</Go>
    </Nothing>
  );
}

function Forbidden({ scope }: { scope: string }) {
  const { frame } = useWords();
  const named = useScopes().words[scope] ?? scope;
  return (
    <Nothing title={frame.noScope} text={`${frame.noScopeText}${named}`}>
      <Go to="/">{frame.toHome}</Go>
    </Nothing>
  );
}
