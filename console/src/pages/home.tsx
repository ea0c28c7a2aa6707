/** The first page: today's numbers, what wants attention, the newest orders. Each number leads to its rows. */

import { Link } from "@tanstack/react-router";
import { Away, Go, Nothing, Page, Waiting } from "../kit/page";
import { count, written } from "../lib/money";
import { Alarms } from "../parts/alarms";
import { useCatalog } from "../parts/catalog";
import { Recent } from "../parts/recent";
import { useShop } from "../parts/shop";
import { type Today, useNewestOrders } from "../parts/today";
import { useCan, useMerchant } from "../session/context";
import { useWords } from "../words";

export default function Home() {
  const { home, frame } = useWords();
  const { name } = useMerchant();
  const can = useCan();
  const { products, isPending } = useCatalog();
  const { today } = useNewestOrders();
  const shop = useShop();
  if (isPending && can("catalog:read")) return <Waiting />;
  if (products.length === 0 && can("catalog:write")) {
    return (
      <Page title={home.title(name)}>
        <Nothing title={home.emptyTitle} text={home.emptyText}>
          <Go to="/products/new" primary>
            {home.emptyAct}
          </Go>
        </Nothing>
      </Page>
    );
  }
  return (
    <Page title={home.title(name)} acts={shop && <Away to={shop}>{frame.toShop}</Away>}>
      {today && <Numbers today={today} />}
      <div className="two">
        {can("orders:read") && <Recent />}
        <Alarms />
      </div>
    </Page>
  );
}

function Numbers({ today }: { today: Today }) {
  const { home } = useWords();
  const more = (text: string) => (today.more ? home.atLeast(text) : text);
  const money = (all: Today["received"]) =>
    more(all.map(written).join(" + ") || written({ amount: 0, currency: "CNY" }));
  const numbers: [string, string, string][] = [
    [home.received, money(today.received), "/orders"],
    [home.orders, more(count(today.orders)), "/orders"],
    [home.delivered, more(count(today.delivered)), "/orders"],
    [home.waiting, more(count(today.waiting)), "/orders"],
    [home.refunded, money(today.refunded), "/refunds"],
  ];
  return (
    <section aria-label={home.today} className="numbers">
      {numbers.map(([name, value, to]) => (
        <Link key={name} to={to}>
          <span className="muted">
            {home.today} · {name}
          </span>
          <strong>{value}</strong>
        </Link>
      ))}
    </section>
  );
}
