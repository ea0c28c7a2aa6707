/** When the codes of a SKU expire: a calendar of the days that are near, months for what is far. */

import { useLocation, useNavigate } from "@tanstack/react-router";
import { Select } from "antd";
import type { Expiries } from "../api/types";
import { Go, Nothing, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts } from "../kit/values";
import { readQuery } from "../lib/address";
import { count } from "../lib/money";
import { day } from "../lib/time";
import { Calendar } from "../parts/calendar";
import { useCatalog } from "../parts/catalog";
import { DaysLeft } from "../parts/days-left";
import { isStocked } from "../parts/states";
import { useExpiries } from "../parts/stock";
import { useOverview } from "../parts/today";
import { useMerchant } from "../session/context";
import { useWords } from "../words";

/** Days that the API tells one by one. */
const NEAR = 90;
const SOON = 14;

export default function ExpiriesPage() {
  const { codes, catalog } = useWords();
  const { searchStr } = useLocation();
  const navigate = useNavigate();
  const { skus, isPending } = useCatalog();
  const { data: overview } = useOverview();
  const soonest = overview?.expiring[0]?.sku;
  const sku = readQuery(searchStr).sku ?? soonest ?? [...skus.values()].find(one => isStocked(one.sku))?.sku.id;
  const asked = useExpiries(sku);
  if (isPending) return <Waiting />;
  const options = [...skus.values()]
    .filter(({ sku }) => isStocked(sku))
    .map(one => ({ value: one.sku.id, label: one.name }));
  return (
    <Page title={codes.expiriesTitle} intro={codes.expiriesIntro} back={{ to: "/stock", text: codes.stockTitle }}>
      {!sku && <Nothing title={catalog.emptyTitle} text={catalog.emptyText} />}
      {sku && (
        <div className="bar">
          <Select
            aria-label={codes.sku}
            value={sku}
            options={options}
            onChange={next => void navigate({ to: `/expiries?sku=${next}` })}
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: "label" }}
          />
          <Go to={`/imports/new?sku=${sku}`}>{catalog.codesOf}</Go>
        </div>
      )}
      {asked.error && <Trouble error={asked.error} />}
      {sku && asked.isPending && <Waiting />}
      {asked.data && <Told of={asked.data} />}
    </Page>
  );
}

function Told({ of }: { of: Expiries }) {
  const { codes, catalog } = useWords();
  const { zone } = useMerchant();
  const near = new Map(of.dates.filter(({ date }) => date.length > 7).map(({ date, codes }) => [date, codes]));
  const far = of.dates.filter(({ date }) => date.length <= 7);
  return (
    <>
      <Section title={catalog.stock}>
        <Facts
          items={[
            [catalog.stock, count(of.stock)],
            [codes.lasts, <DaysLeft key="left" of={of} />],
            [codes.sold(7), count(of.sold_7)],
            [codes.sold(30), count(of.sold_30)],
            [
              codes.withoutDate,
              of.without_date === null || of.without_date === undefined ? codes.unknown : count(of.without_date),
            ],
          ]}
        />
        {!of.complete && <p className="muted">{codes.notAll}</p>}
      </Section>
      <Section title={codes.expiries} note={near.size === 0 ? codes.noneNear : undefined}>
        <Calendar today={day(new Date(), zone)} days={NEAR} counts={near} soon={SOON} />
      </Section>
      {far.length > 0 && (
        <Section title={codes.later}>
          <Facts items={far.map(({ date, codes: n }) => [date, codes.pieces(count(n))])} />
        </Section>
      )}
    </>
  );
}
