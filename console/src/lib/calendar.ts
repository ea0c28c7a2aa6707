/** Months as a wall calendar shows them: weeks from Monday on, of days as `2026-11-29`, empty before the first and after the last. */

export interface Month {
  /** `2026-11` */
  month: string;
  weeks: (string | undefined)[][];
}

const DAY_MS = 86_400_000;
const WEEK = 7;

const written = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** 0 on Mondays. */
const weekday = (at: number): number => (new Date(at).getUTCDay() + WEEK - 1) % WEEK;

/** The months from a day's own to that of so many days later. */
export function monthsFrom(today: string, days: number): Month[] {
  const first = Date.parse(today);
  if (Number.isNaN(first)) return [];
  const last = written(first + days * DAY_MS).slice(0, 7);
  const months: Month[] = [];
  for (let month = today.slice(0, 7); month <= last; month = following(month)) {
    months.push({ month, weeks: weeksOf(month) });
  }
  return months;
}

function following(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return written(Date.UTC(year, number, 1)).slice(0, 7);
}

function weeksOf(month: string): (string | undefined)[][] {
  const begin = Date.parse(`${month}-01`);
  const end = Date.parse(`${following(month)}-01`);
  const cells: (string | undefined)[] = Array.from({ length: weekday(begin) }, () => undefined);
  for (let at = begin; at < end; at += DAY_MS) cells.push(written(at));
  const weeks: (string | undefined)[][] = [];
  for (let place = 0; place < cells.length; place += WEEK) {
    const week = cells.slice(place, place + WEEK);
    weeks.push([...week, ...Array.from({ length: WEEK - week.length }, () => undefined)]);
  }
  return weeks;
}
