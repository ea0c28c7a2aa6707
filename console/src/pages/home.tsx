/** The first page: today's numbers, what wants attention, the newest orders. Each number leads to its rows. */

import { Link } from "@tanstack/react-router";
import type { Overview } from "../api/types";
import { Away, Go, Nothing, Page, Waiting } from "../kit/page";
import { Spark } from "../kit/spark";
import { count, written } from "../lib/money";
import { Alarms } from "../parts/alarms";
import { useCatalog } from "../parts/catalog";
import { Recent } from "../parts/recent";
import type { Measure } from "../parts/sales";
import { useShop } from "../parts/shop";
import { Suspended } from "../parts/suspended";
import { useOverview } from "../parts/today";
import { useTrend } from "../parts/trends";
import { useCan, useMerchant } from "../session/context";
import { useWords } from "../words";

export default function Home() {
  const { home, frame } = useWords();
  const { id, name } = useMerchant();
  const can = useCan();
  const { products, isPending } = useCatalog();
  const { data: today } = useOverview();
  const shop = useShop();
  if (!id) return <Operator />;
  if (isPending && can("catalog:read")) return <Waiting />;
  if (products.length === 0 && can("catalog:write")) {
    return (
      <Page title={home.title(name)}>
        <Suspended />
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
      <Suspended />
      {today && <Numbers today={today} />}
      <div className="two">
        {can("orders:read") && <Recent />}
        <Alarms />
      </div>
    </Page>
  );
}

/** The operator's people work for no merchant. */
function Operator() {
  const { home, frame } = useWords();
  const can = useCan();
  return (
    <Page title={home.operator}>
      <Nothing title={home.operatorTitle} text={home.operatorText}>
        {can("merchants:write") && (
          <Go to="/merchants" primary>
            {frame.pages.merchants}
          </Go>
        )}
      </Nothing>
    </Page>
  );
}

function Numbers({ today }: { today: Overview }) {
  const { home, reports } = useWords();
  const trend = useTrend();
  const { placed, paid, closed } = today.orders;
  const money = (what: "paid" | "refunded") =>
    today.money.map(line => written(line[what])).join(" + ") || written({ amount: 0, currency: "CNY" });
  const rows = `/orders?from=${today.day}`;
  const numbers: [string, string, string, Measure?][] = [
    [home.received, money("paid"), `${rows}&state=delivered`, "gross"],
    [home.orders, count(placed), rows],
    [home.paidOrders, count(paid), `${rows}&state=delivered`, "orders"],
    [home.success, placed > 0 ? `${Math.round((paid / placed) * 100)}%` : "–", `${rows}&state=pending_payment`],
    [home.closed, count(closed), `${rows}&state=cancelled`],
    [home.refunded, money("refunded"), `/refunds?from=${today.day}`, "refunded"],
  ];
  return (
    <section aria-label={home.today} className="numbers">
      {numbers.map(([name, value, to, measure]) => (
        <Link key={name} to={to}>
          <span className="muted">
            {home.today} · {name}
          </span>
          <strong>{value}</strong>
          {measure && <Spark values={trend(measure) ?? []} title={reports.trend(name)} />}
        </Link>
      ))}
    </section>
  );
}
