/** What sold: a period beside the one before, by day, hour, SKU or channel. Each number leads to its rows. */

import { useLocation, useNavigate } from "@tanstack/react-router";
import { Button, Segmented, Select } from "antd";
import type { Currency } from "../api/types";
import { Nothing, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { readQuery, writeQuery } from "../lib/address";
import { before, lengthOf, type Period, type Preset, periodOf, presets } from "../lib/period";
import { day } from "../lib/time";
import { type By, currenciesOf, lined, MEASURES, type Measure, sumOf, timesOf, useSales, WAYS } from "../parts/sales";
import { SalesChart } from "../parts/sales-chart";
import { SalesNumbers } from "../parts/sales-numbers";
import { SalesTable } from "../parts/sales-table";
import { useMerchant } from "../session/context";
import { useWords } from "../words";

/** Hours of more days are not shown: nobody reads so many. */
const HOURS_DAYS_MAX = 7;

interface Asked {
  period: Period;
  by: By;
  measure: Measure;
  currency?: Currency;
}

export default function ReportsPage() {
  const { reports } = useWords();
  const { zone } = useMerchant();
  const today = day(new Date(), zone);
  const [asked, ask] = useAsked(today);
  const ways = WAYS.filter(way => way !== "hour" || lengthOf(asked.period) <= HOURS_DAYS_MAX);
  return (
    <Page title={reports.title} intro={reports.intro}>
      <div className="bar">
        <PeriodChoice {...{ today, ask }} period={asked.period} />
      </div>
      <div className="bar">
        <Segmented
          aria-label={reports.by}
          value={asked.by}
          options={ways.map(value => ({ value, label: reports.ways[value] }))}
          onChange={by => ask({ by })}
        />
      </div>
      <Report asked={asked} ask={ask} />
    </Page>
  );
}

function Report({ asked: { period, by, measure, currency }, ask }: { asked: Asked; ask: (next: Query) => void }) {
  const { reports } = useWords();
  const earlier = before(period);
  const [now, was] = [useSales(period, by), useSales(earlier, by)];
  const error = now.error ?? was.error;
  if (error) return <Trouble error={error} retry={() => void Promise.all([now.refetch(), was.refetch()])} />;
  if (!now.data || !was.data) return <Waiting />;
  const all = currenciesOf([...now.data, ...was.data]);
  const own = currency && all.includes(currency) ? currency : (all[0] ?? "CNY");
  if (all.length === 0) return <Nothing title={reports.emptyTitle} text={reports.emptyText} />;
  const times = (of: Period) => (by === "day" || by === "hour" ? timesOf(of, by) : []);
  const lines = lined({ now: now.data, before: was.data }, by, [times(period), times(earlier)], own);
  const sums = {
    now: sumOf(
      lines.map(line => line.now),
      own,
    ),
    before: sumOf(
      lines.map(line => line.before),
      own,
    ),
  };
  const measures = MEASURES.map(value => ({ value, label: reports.measures[value] }));
  const compared = by === "day" || by === "hour" ? reports.compared : reports.comparedBars;
  return (
    <>
      {all.length > 1 && (
        <Segmented aria-label={reports.currency} value={own} options={all} onChange={next => ask({ currency: next })} />
      )}
      <SalesNumbers {...sums} period={period} />
      <Section
        title={reports.chart(reports.measures[measure], reports.ways[by])}
        note={compared(earlier.from, earlier.to)}
        acts={
          <Select
            aria-label={reports.measure}
            value={measure}
            options={measures}
            onChange={next => ask({ measure: next })}
            popupMatchSelectWidth={false}
          />
        }
      >
        <SalesChart {...{ lines, by, measure, currency: own }} />
      </Section>
      <Section title={reports.rows}>
        <SalesTable {...{ lines, by, period, sums }} />
      </Section>
    </>
  );
}

function PeriodChoice({ period, today, ask }: { period: Period; today: string; ask: (next: Query) => void }) {
  const { reports } = useWords();
  const named = Object.entries(presets(today)) as [Preset, Period][];
  const put = (key: keyof Period) => (
    <label className="day-filter">
      <span className="muted">{reports[key]}</span>
      <input
        type="date"
        value={period[key]}
        max={today}
        onChange={event => event.target.value && ask({ ...period, [key]: event.target.value })}
      />
    </label>
  );
  return (
    <>
      {named.map(([name, { from, to }]) => {
        const chosen = from === period.from && to === period.to;
        return (
          <Button
            key={name}
            aria-pressed={chosen}
            type={chosen ? "primary" : "default"}
            onClick={() => ask({ from, to })}
          >
            {reports.presets[name]}
          </Button>
        );
      })}
      {put("from")}
      {put("to")}
    </>
  );
}

type Query = Partial<Record<"from" | "to" | "by" | "measure" | "currency", string>>;

const among = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find(one => one === text);

/** What the address asks for, and how to ask for something else. */
function useAsked(today: string): [Asked, (next: Query) => void] {
  const { searchStr } = useLocation();
  const navigate = useNavigate();
  const query = readQuery(searchStr);
  const period = periodOf(query, today);
  const by = among(WAYS, query.by) ?? "day";
  const asked: Asked = {
    period,
    by: by === "hour" && lengthOf(period) > HOURS_DAYS_MAX ? "day" : by,
    measure: among(MEASURES, query.measure) ?? "net",
    ...(query.currency && { currency: query.currency as Currency }),
  };
  return [asked, next => void navigate({ to: `/reports${writeQuery({ ...query, ...next })}` })];
}
