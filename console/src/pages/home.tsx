/** The first page: today's numbers, what wants attention, the newest orders. Each number leads to its rows. */

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Away, Go, Nothing, Page, Section, Waiting } from "../kit/page";
import { Amount, When } from "../kit/values";
import { count, written } from "../lib/money";
import { useCatalog } from "../parts/catalog";
import { useShop } from "../parts/shop";
import { OrderState, stockOf } from "../parts/states";
import { type Today, useImportAlarms, useNewestOrders } from "../parts/today";
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
    [home.received, money(today.received), "/payments"],
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

const SHOWN = 8;

function Recent() {
  const { home } = useWords();
  const { newest, isPending } = useNewestOrders();
  const { skus } = useCatalog();
  const shop = useShop();
  if (isPending) return <Waiting />;
  if (newest.length === 0) {
    return (
      <Nothing title={home.noOrdersTitle} text={home.noOrdersText}>
        {shop && <Away to={shop}>{home.openShop}</Away>}
      </Nothing>
    );
  }
  return (
    <Section title={home.recent} acts={<Go to="/orders">{home.allOrders}</Go>}>
      <ul className="recent">
        {newest.slice(0, SHOWN).map(order => (
          <li key={order.id}>
            <Link to={`/orders/${order.id}`}>{order.number}</Link>
            <span>{order.lines.map(line => skus.get(line.sku)?.name ?? "").join("，")}</span>
            <OrderState order={order} />
            <Amount money={order.total} />
            <When at={order.created_at} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Alarms() {
  const { home, catalog } = useWords();
  const { skus } = useCatalog();
  const imports = useImportAlarms();
  const sold = [...skus.values()].filter(one => one.product.on_shelf && one.sku.on_shelf);
  const out = sold.filter(one => stockOf(one.sku) === "out").length;
  const low = sold.filter(one => stockOf(one.sku) === "low").length;
  const lines: [number | undefined, (n: number) => ReactNode, string][] = [
    [out, home.soldOut, "/products"],
    [low, home.low, "/products"],
    [imports?.questions, home.questions, "/imports"],
    [imports?.doubts, home.doubts, "/imports"],
    [imports?.failed, home.failedImports, "/imports"],
  ];
  const open = lines.filter(([n]) => n);
  const least = sold.toSorted((a, b) => (a.sku.stock ?? 0) - (b.sku.stock ?? 0)).slice(0, 5);
  return (
    <div className="stack">
      <Section title={home.alarms}>
        {open.length === 0 && <p className="muted">{home.nothing}</p>}
        <ul className="alarms">
          {open.map(([n, text, to]) => (
            <li key={String(text(n ?? 0))}>
              <Link to={to}>{text(n ?? 0)}</Link>
            </li>
          ))}
        </ul>
      </Section>
      {least.length > 0 && (
        <Section title={home.stock} acts={<Go to="/imports/new">{catalog.codesOf}</Go>}>
          <ul className="least">
            {least.map(({ sku, name }) => (
              <li key={sku.id}>
                <Link to={`/skus/${sku.id}`}>{name}</Link>
                <span className="number">{count(sku.stock ?? 0)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
