/** What sold: a period beside the one before, by day, hour, SKU or channel. Each number leads to its rows. */

import { Segmented, Select } from "antd";
import type { SalesReport } from "../api/types";
import { Go, Nothing, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { before, lengthOf, type Period } from "../lib/period";
import { day } from "../lib/time";
import { type Ask, type Asked, useAsked } from "../parts/report-asked";
import { ReportChoice } from "../parts/report-choice";
import { currenciesOf, lined, MEASURES, sameTime, sumOf, timesOf, useSales } from "../parts/sales";
import { SalesChart } from "../parts/sales-chart";
import { SalesNumbers } from "../parts/sales-numbers";
import { SalesTable } from "../parts/sales-table";
import { useCan, useMerchant } from "../session/context";
import { useWords } from "../words";

export default function ReportsPage() {
  const { reports } = useWords();
  const { zone } = useMerchant();
  const can = useCan();
  const today = day(new Date(), zone);
  const [asked, ask] = useAsked(today);
  const acts = can("codes:import") && <Go to="/reports/batches">{reports.batches}</Go>;
  return (
    <Page title={reports.title} intro={reports.intro} acts={acts}>
      <ReportChoice {...{ asked, ask, today }} />
      <Both {...{ asked, ask, today }} />
    </Page>
  );
}

interface ReportProps {
  asked: Asked;
  ask: Ask;
}

function Both({ asked, ask, today }: ReportProps & { today: string }) {
  const { period, by, only } = asked;
  const earlier = before(period);
  const goesOn = period.to === today;
  const now = useSales(period, by, only);
  const was = useSales(goesOn ? sameTime(earlier, lengthOf(period), Date.now()) : earlier, by, only);
  const error = now.error ?? was.error;
  if (error) return <Trouble error={error} retry={() => void Promise.all([now.refetch(), was.refetch()])} />;
  if (!now.data || !was.data) return <Waiting />;
  return <Report {...{ asked, ask, earlier, goesOn }} now={now.data} was={was.data} />;
}

interface Told extends ReportProps {
  earlier: Period;
  /** Whether the period isn't over. */
  goesOn: boolean;
  now: SalesReport;
  was: SalesReport;
}

function Report({ asked: { period, by, measure, only, currency }, ask, earlier, goesOn, now, was }: Told) {
  const { reports } = useWords();
  const { zone } = useMerchant();
  const all = currenciesOf([...now.totals, ...was.totals]);
  const own = all.find(one => one === currency) ?? all[0];
  if (!own) return <Nothing title={reports.emptyTitle} text={reports.emptyText} />;
  const time = by === "day" || by === "hour";
  const times = (of: Period) => (time ? timesOf(of, by) : []);
  const rows = { now: now.data, before: was.data };
  const lines = lined(rows, by, [times(period), times(earlier)], { currency: own, zone });
  const sums = { now: sumOf(now, own), before: sumOf(was, own) };
  const measures = MEASURES.filter(one => sums.now[one] !== null).map(one => ({
    value: one,
    label: reports.measures[one],
  }));
  const choice = (
    <Select
      aria-label={reports.measure}
      value={measure}
      options={measures}
      onChange={next => ask({ measure: next })}
      popupMatchSelectWidth={false}
    />
  );
  const note = `${time ? reports.compared(earlier) : reports.comparedBars(earlier)}${goesOn ? reports.sameTime : ""}`;
  return (
    <>
      {all.length > 1 && (
        <Segmented aria-label={reports.currency} value={own} options={all} onChange={next => ask({ currency: next })} />
      )}
      <SalesNumbers {...sums} {...{ period, only }} />
      <Section title={reports.chart(reports.measures[measure], reports.ways[by])} note={note} acts={choice}>
        <SalesChart {...{ lines, by, measure, currency: own }} />
      </Section>
      <Section title={reports.rows} note={now.cut && reports.cut}>
        <SalesTable {...{ lines, by, period, only, sums }} />
      </Section>
      {!!sums.now.without_cost && <p className="muted">{reports.withoutCost(sums.now.without_cost)}</p>}
    </>
  );
}
