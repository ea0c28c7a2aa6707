/** How many of something there are on each day, as wall calendars of some months. */

import { type Month, monthsFrom } from "../lib/calendar";
import { count } from "../lib/money";
import { useSpoken } from "../words";

interface CalendarProps {
  today: string;
  days: number;
  counts: ReadonlyMap<string, number>;
  /** Days up to which a count is marked. */
  soon: number;
}

const DAY_MS = 86_400_000;
/** Some Monday. */
const MONDAY = Date.UTC(2026, 10, 30);

export function Calendar({ today, days, counts, soon }: CalendarProps) {
  return (
    <div className="calendar">
      {monthsFrom(today, days).map(month => (
        <MonthOf key={month.month} of={month} {...{ today, counts, soon }} />
      ))}
    </div>
  );
}

function MonthOf({ of: { month, weeks }, today, counts, soon }: Omit<CalendarProps, "days"> & { of: Month }) {
  const { language } = useSpoken();
  const say = (at: number, parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...parts, timeZone: "UTC" }).format(at);
  const until = new Date(Date.parse(today) + soon * DAY_MS).toISOString().slice(0, 10);
  return (
    <table>
      <caption>{say(Date.parse(`${month}-01`), { year: "numeric", month: "long" })}</caption>
      <thead>
        <tr>
          {Array.from({ length: 7 }, (_, day) => MONDAY + day * DAY_MS).map(at => (
            <th key={at} scope="col">
              {say(at, { weekday: "narrow" })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map(week => (
          <tr key={week.find(Boolean)}>
            {week.map((day, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a weekday has no other name
              <td key={place} className={classOf(day, today, until, counts)}>
                {day && <span>{Number(day.slice(-2))}</span>}
                {day && counts.has(day) && <strong>{count(counts.get(day) ?? 0)}</strong>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function classOf(day: string | undefined, today: string, until: string, counts: ReadonlyMap<string, number>) {
  if (!day || day < today) return "past";
  if (counts.has(day)) return day <= until ? "soon" : "some";
  return day === today ? "today" : undefined;
}
