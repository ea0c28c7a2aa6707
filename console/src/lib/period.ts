/** Periods of whole days of the shop's calendar, and the one before each: as long, and ending where it begins. */

export interface Period {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The day so many days later, or before. */
export const shifted = (day: string, by: number): string =>
  new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);

export const isDay = (text: string | undefined): text is string =>
  text !== undefined && DAY.test(text) && !Number.isNaN(Date.parse(text));

/** How many days it has. */
export const lengthOf = ({ from, to }: Period): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

export function daysOf(period: Period): string[] {
  return Array.from({ length: Math.max(lengthOf(period), 0) }, (_, n) => shifted(period.from, n));
}

/** The period before it, to compare with. */
export const before = (period: Period): Period => {
  const days = lengthOf(period);
  return { from: shifted(period.from, -days), to: shifted(period.to, -days) };
};

export type Preset = "today" | "yesterday" | "week" | "month" | "this_month" | "last_month";

/** The periods that people ask for by a name. */
export function presets(today: string): Record<Preset, Period> {
  const first = `${today.slice(0, 7)}-01`;
  const endBefore = shifted(first, -1);
  return {
    today: { from: today, to: today },
    yesterday: { from: shifted(today, -1), to: shifted(today, -1) },
    week: { from: shifted(today, -6), to: today },
    month: { from: shifted(today, -29), to: today },
    this_month: { from: first, to: today },
    last_month: { from: `${endBefore.slice(0, 7)}-01`, to: endBefore },
  };
}

/** What an address asks for; the last thirty days where it asks for nothing that is a period. */
export function periodOf({ from, to }: { from?: string; to?: string }, today: string): Period {
  if (isDay(from) && isDay(to) && from <= to) return { from, to };
  if (isDay(from) && from <= today) return { from, to: today };
  return presets(today).month;
}

/** By how many percent something is more or less than before; nothing where there was nothing before. */
export function change(now: number, was: number): number | undefined {
  if (was === 0) return undefined;
  return Math.round(((now - was) / Math.abs(was)) * 100);
}
