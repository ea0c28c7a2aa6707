/** What wants somebody's attention, and which stock is lowest. */

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Go, Section } from "../kit/page";
import { When } from "../kit/values";
import { count } from "../lib/money";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { useCatalog } from "./catalog";
import { isStocked, stockOf } from "./states";
import { useImportAlarms, useOverview } from "./today";

export function Alarms() {
  const { home, frame } = useWords();
  const can = useCan();
  const { skus } = useCatalog();
  const imports = useImportAlarms();
  const { data: overview } = useOverview();
  const stuck = overview?.waiting.stuck_refunds ?? [];
  const stuckRecharges = overview?.waiting.stuck_recharges ?? [];
  const expiring = overview?.expiring ?? [];
  const shelf = [...skus.values()].filter(one => one.product.on_shelf && one.sku.on_shelf);
  const sold = shelf.filter(one => isStocked(one.sku));
  const out = sold.filter(one => stockOf(one.sku) === "out").length;
  const low = sold.filter(one => stockOf(one.sku) === "low").length;
  const lines: [number | undefined, (n: number) => ReactNode, string][] = [
    [out, home.soldOut, "/products"],
    [low, home.low, "/products"],
    [imports?.questions, home.questions, "/imports"],
    [imports?.doubts, home.doubts, "/imports"],
    [imports?.failed, home.failedImports, "/imports"],
    [
      stuck.length + stuckRecharges.length,
      home.stuck,
      stuck.length === 1 && !stuckRecharges.length ? `/orders/${stuck[0]}` : "/refunds?state=failed",
    ],
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
        <Section title={home.stock} acts={can("codes:import") && <Go to="/stock">{frame.pages.stock}</Go>}>
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
      {expiring.length > 0 && (
        <Section title={home.expiring}>
          <ul className="least">
            {expiring.slice(0, 5).map(({ sku, name, valid_until }) => (
              <li key={sku}>
                <Link to={can("codes:import") ? `/expiries?sku=${sku}` : `/skus/${sku}`}>
                  {skus.get(sku)?.name ?? name}
                </Link>
                <When at={valid_until} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
