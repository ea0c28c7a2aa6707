/** New prices for several SKUs at once: by percent, then each as it is wanted. */

import { useQueryClient } from "@tanstack/react-query";
import { Button, InputNumber } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Money } from "../api/types";
import { Act } from "../kit/act";
import { BAD, MoneyInput } from "../kit/inputs";
import { share, written } from "../lib/money";
import { useWords } from "../words";
import { type NamedSku, PRODUCTS } from "./catalog";

type Typed = Money | typeof BAD | null;

export function BulkPrice({ skus, done }: { skus: NamedSku[]; done: () => void }) {
  const { catalog, kit } = useWords();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Record<string, Typed>>({});
  const [percent, setPercent] = useState<number | null>(null);
  const nextOf = ({ sku }: NamedSku): Typed => (sku.id in typed ? (typed[sku.id] ?? null) : sku.price);
  const changed = skus.flatMap(one => {
    const next = nextOf(one);
    return next && next !== BAD && next.amount !== one.sku.price.amount ? [{ id: one.sku.id, price: next }] : [];
  });
  const unclear = skus.some(one => {
    const next = nextOf(one);
    return !next || next === BAD || next.amount < 0;
  });
  const scale = () =>
    setTyped(Object.fromEntries(skus.map(({ sku }) => [sku.id, share(sku.price, percent ?? 100)] as const)));
  // One after the other: where one is refused, those before it are done, and doing it again does the rest.
  const run = async () => {
    try {
      for (const { id, price } of changed) {
        await take(api.PATCH("/v1/skus/{id}", { params: { path: { id } }, body: { price } }));
      }
    } finally {
      void queries.invalidateQueries({ queryKey: PRODUCTS });
    }
  };
  const finished = () => {
    setTyped({});
    done();
  };
  return (
    <Act
      word={catalog.reprice}
      title={catalog.repriceTitle(skus.length)}
      text={catalog.repriceText(changed.length)}
      ready={changed.length > 0 && !unclear}
      yes={catalog.repriceYes(changed.length)}
      run={run}
      done={finished}
    >
      <div className="percent">
        <InputNumber
          aria-label={catalog.percent}
          min={1}
          max={1000}
          precision={0}
          suffix="%"
          value={percent}
          placeholder="90"
          onChange={setPercent}
        />
        <Button onClick={scale} disabled={!percent}>
          {catalog.percentApply}
        </Button>
        <small className="muted">{catalog.percentHelp}</small>
      </div>
      {skus.map(one => (
        <div key={one.sku.id} className="row-field">
          <span>
            {one.name}
            <small className="muted block">{catalog.priceNow(written(one.sku.price))}</small>
          </span>
          <PriceInput
            label={catalog.price + kit.colon + one.name}
            now={one.sku.price}
            value={nextOf(one)}
            change={next => setTyped({ ...typed, [one.sku.id]: next })}
          />
        </div>
      ))}
    </Act>
  );
}

interface PriceProps {
  label: string;
  now: Money;
  value: Typed;
  change: (next: Typed) => void;
}

const PriceInput = ({ label, now, value, change }: PriceProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the input inside is its own
  <label>
    <span className="visually-hidden">{label}</span>
    <MoneyInput currency={now.currency} value={value} onChange={change} />
  </label>
);
