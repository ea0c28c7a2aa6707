/** Between the real book and the one for trying things out: the same shop, other orders and other money. */

import { Segmented } from "antd";
import { useMove, useSession } from "../session/context";
import { type Place, selected } from "../session/place";
import { placeOf } from "../session/session";
import { useWords } from "../words";

/** Nothing for who works in one of them alone. */
export function ModeSwitch() {
  const { frame } = useWords();
  const session = useSession();
  const move = useMove();
  const here = selected();
  const both = placeOf(session, here)?.modes ?? [];
  if (both.length < 2) return null;
  return (
    <Segmented
      aria-label={frame.mode}
      value={here.mode}
      options={both.map(value => ({ value, label: frame.modes[value] }))}
      onChange={mode => move({ ...here, mode: mode as NonNullable<Place["mode"]> })}
    />
  );
}
