/** Of which time, cut by what, and narrowed to what a report is. */

import { Button, Segmented } from "antd";
import { Brought } from "../kit/filters";
import { type Period, type Preset, presets } from "../lib/period";
import { useWords } from "../words";
import { useSkuName } from "./catalog";
import { type Ask, type Asked, waysOf } from "./report-asked";

export function ReportChoice({ asked: { period, by, only }, ask, today }: { asked: Asked; ask: Ask; today: string }) {
  const { reports, orders } = useWords();
  const skuName = useSkuName();
  const channels: Record<string, string> = orders.channels;
  return (
    <>
      <div className="bar">
        <PeriodChoice {...{ period, ask, today }} />
      </div>
      <div className="bar">
        <Segmented
          aria-label={reports.by}
          value={by}
          options={waysOf(period).map(value => ({ value, label: reports.ways[value] }))}
          onChange={next => ask({ by: next })}
        />
        {only.sku && <Brought label={orders.sku} value={skuName(only.sku)} drop={() => ask({ sku: "" })} />}
        {only.channel && (
          <Brought
            label={orders.channel}
            value={channels[only.channel] ?? only.channel}
            drop={() => ask({ channel: "" })}
          />
        )}
      </div>
    </>
  );
}

function PeriodChoice({ period, ask, today }: { period: Period; ask: Ask; today: string }) {
  const { reports } = useWords();
  const named = Object.entries(presets(today)) as [Preset, Period][];
  // At the end of a month two names are of one period.
  const here = named.find(([, { from, to }]) => from === period.from && to === period.to)?.[0];
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
        const chosen = name === here;
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
