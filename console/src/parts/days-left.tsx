/** For how many days stock lasts, with the colour of how soon that is. */

import { State } from "../kit/values";
import { useWords } from "../words";
import type { Pace } from "./stock";

/** Days within which more must be ordered, and within which it is late. */
const SOON = 7;
const LATE = 3;

export function DaysLeft({ of: { days_left_7, days_left_30 } }: { of: Pace }) {
  const { codes } = useWords();
  const days = days_left_7 ?? days_left_30;
  if (days === null || days === undefined) return <span className="muted">{codes.notSelling}</span>;
  const tone = days <= LATE ? "bad" : days <= SOON ? "care" : "good";
  return <State tone={tone}>{codes.daysLeft(days)}</State>;
}
