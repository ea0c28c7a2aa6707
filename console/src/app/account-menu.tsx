/** Who one is, for which shop one works, how the console looks and speaks. */

import { useQueryClient } from "@tanstack/react-query";
import { Button, Popover, Segmented, Select } from "antd";
import { Go } from "../kit/page";
import { ModeSwitch } from "../parts/mode-switch";
import { SESSION, useMove, useSession } from "../session/context";
import { door } from "../session/door";
import { selected } from "../session/place";
import { signOut } from "../session/session";
import { LANGUAGES, type Language, useSpoken } from "../words";
import { useSpeak } from "./language";
import { type Appearance, useAppearance } from "./theme";

export function AccountMenu({ shop, help }: { shop: string; help: () => void }) {
  const { words } = useSpoken();
  const { person } = useSession();
  const where = shop || person.name;
  return (
    <Popover trigger="click" placement="bottomRight" content={<Content help={help} />}>
      <button type="button" className="account" aria-haspopup="dialog" aria-label={`${words.frame.account} ${where}`}>
        <span>{where}</span>
        <span aria-hidden="true">▾</span>
      </button>
    </Popover>
  );
}

function Content({ help }: { help: () => void }) {
  const { language, words } = useSpoken();
  const { frame } = words;
  const speak = useSpeak();
  const [appearance, setAppearance] = useAppearance();
  const { person, roles } = useSession();
  const queries = useQueryClient();
  const move = useMove();
  const places = roles.flatMap(({ merchant, modes, role }) =>
    merchant ? modes.map(mode => ({ merchant, mode, role })) : [],
  );
  const now = selected();
  const role = places.find(one => one.merchant.id === now.merchant && one.mode === now.mode)?.role ?? "";
  const leave = async () => {
    await signOut();
    door.lost();
    queries.getMutationCache().clear();
    queries.removeQueries({ predicate: query => query.queryKey[0] !== SESSION[0] });
  };
  const shops = roles.flatMap(({ merchant }) => merchant ?? []);
  const go = (id: string) => {
    const own = places.filter(one => one.merchant.id === id);
    const place = own.find(one => one.mode === now.mode) ?? own[0];
    if (place) move({ merchant: id, mode: place.mode });
  };
  const looks: Appearance[] = ["light", "dark", "auto"];
  return (
    <div className="account-menu">
      <p>
        <strong>{person.email}</strong>
        <span className="muted">{(frame.roles as Record<string, string>)[role] ?? role}</span>
      </p>
      {shops.length > 1 && (
        <Select
          aria-label={frame.shop}
          value={now.merchant}
          onChange={go}
          options={shops.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <ModeSwitch />
      <Segmented
        aria-label={frame.language}
        value={language}
        options={Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }))}
        onChange={speak}
      />
      <Segmented
        aria-label={frame.theme}
        value={appearance}
        options={looks.map(value => ({ value, label: frame.themes[value] }))}
        onChange={setAppearance}
      />
      <Go to="/me">{frame.account}</Go>
      <Button type="text" onClick={help}>
        {frame.help} <kbd>?</kbd>
      </Button>
      <Button onClick={leave}>{frame.signOut}</Button>
    </div>
  );
}
