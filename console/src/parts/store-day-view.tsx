/** A store's end of day: sums by SKU, then every redemption. */

import { Button } from "antd";
import type { Money, Redemption } from "../api/types";
import { Nothing, Section, Waiting } from "../kit/page";
import { Table } from "../kit/table";
import { Trouble } from "../kit/trouble";
import { Amount, Id, When } from "../kit/values";
import { count } from "../lib/money";
import { saveCsv } from "../lib/save";
import { useMerchant } from "../session/context";
import { useWords } from "../words";
import { useSkuName } from "./catalog";
import { HowMuch } from "./how-much";
import { Reverse } from "./reverse";
import { SkuLink } from "./sku-link";
import { byDay, type Day, type DayRow, dayCsv, sumOf, useStoreDay } from "./store-day";
import { useAgain } from "./voucher-sections";

export function StoreDay({ store, name, day }: { store: string; name: string; day: string }) {
  const words = useWords();
  const { vouchers } = words;
  const { zone } = useMerchant();
  const nameOf = useSkuName();
  const asked = useStoreDay(store, day);
  if (asked.error) return <Trouble error={asked.error} retry={() => void asked.refetch()} />;
  if (!asked.data) return <Waiting />;
  const of = asked.data;
  if (of.redemptions.length === 0) return <Nothing title={vouchers.dayEmpty} text={vouchers.dayEmptyText} />;
  const save = () => saveCsv(vouchers.dayFileName(name, day), dayCsv(of, { zone, store: name, nameOf }, words));
  return (
    <>
      {of.cut !== undefined && <p className="attention">{vouchers.dayCut(count(of.cut))}</p>}
      <Section
        title={vouchers.dayTitle}
        note={vouchers.dayNote(day)}
        acts={<Button onClick={save}>{vouchers.dayFile}</Button>}
      >
        <Sums of={of} />
      </Section>
      <Section title={vouchers.dayList}>
        <All of={of} />
      </Section>
    </>
  );
}

type SumRow = Omit<DayRow, "sku"> & { sku?: string };

function Sums({ of: { redemptions } }: { of: Day }) {
  const { vouchers } = useWords();
  const rows = byDay(redemptions);
  const whole: SumRow[] = rows.length > 1 ? [...rows, sumOf(redemptions)] : rows;
  const columns = [
    {
      key: "sku",
      title: vouchers.sku,
      cell: ({ sku }: SumRow) => (sku ? <SkuLink id={sku} /> : <strong>{vouchers.sumRow}</strong>),
    },
    { key: "times", title: vouchers.times, number: true, cell: (row: SumRow) => count(row.times) },
    { key: "uses", title: vouchers.usesSum, number: true, cell: (row: SumRow) => (row.uses ? count(row.uses) : "–") },
    { key: "money", title: vouchers.amountSum, number: true, cell: (row: SumRow) => <Moneys of={row.money} /> },
    {
      key: "reversed",
      title: vouchers.reversedTimes,
      number: true,
      cell: (row: SumRow) => (row.reversed ? count(row.reversed) : "–"),
    },
  ];
  return (
    <>
      <Table rows={whole} id={({ sku }) => sku ?? ""} columns={columns} />
      {redemptions.some(one => one.reversed_at) && <p className="muted">{vouchers.reversedNote}</p>}
    </>
  );
}

function Moneys({ of }: { of: Money[] }) {
  if (of.length === 0) return <>–</>;
  return of.map(money => (
    <span key={money.currency} className="block">
      <Amount money={money} />
    </span>
  ));
}

function All({ of: { redemptions } }: { of: Day }) {
  const { vouchers } = useWords();
  const nameOf = useSkuName();
  const again = useAgain();
  const columns = [
    { key: "at", title: vouchers.at, cell: (one: Redemption) => <When at={one.at} /> },
    { key: "sku", title: vouchers.sku, cell: (one: Redemption) => nameOf(one.sku) },
    { key: "taken", title: vouchers.taken, number: true, cell: (one: Redemption) => <HowMuch of={one.taken} /> },
    { key: "left", title: vouchers.left, number: true, cell: (one: Redemption) => <HowMuch of={one.remaining} /> },
    { key: "voucher", title: vouchers.voucher, cell: (one: Redemption) => <Id id={one.voucher} /> },
    { key: "by", title: vouchers.by, cell: (one: Redemption) => <Id id={one.by} /> },
    { key: "acts", title: vouchers.reversal, cell: (one: Redemption) => <Reverse of={one} done={again} /> },
  ];
  return <Table rows={redemptions} id={one => one.id} columns={columns} />;
}
