/** The SKUs of a product, and what is done to several of them at once. */

import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Product, Sku } from "../api/types";
import { Act } from "../kit/act";
import { Go } from "../kit/page";
import { Table } from "../kit/table";
import { Amount } from "../kit/values";
import { count } from "../lib/money";
import { useCan } from "../session/context";
import { useSpoken, useWords } from "../words";
import { BulkPrice } from "./bulk-price";
import { named } from "./catalog";
import { isStocked, SkuState } from "./states";

export function Skus({ product }: { product: Product }) {
  const { catalog, contents, kit, vouchers } = useWords();
  const can = useCan();
  const english = useSpoken().language === "en";
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const clear = () => setChosen(new Set());
  const picked = [...named([product], english).values()].filter(({ sku }) => chosen.has(sku.id));
  const columns = [
    { key: "name", title: catalog.sku, cell: (sku: Sku) => <Link to={`/skus/${sku.id}`}>{sku.name}</Link> },
    { key: "price", title: catalog.price, number: true, cell: (sku: Sku) => <Amount money={sku.price} /> },
    {
      key: "stock",
      title: catalog.stock,
      number: true,
      cell: (sku: Sku) => (isStocked(sku) ? count(sku.stock ?? 0) : "–"),
    },
    { key: "state", title: catalog.state, cell: (sku: Sku) => <SkuState sku={sku} /> },
    {
      key: "acts",
      title: "",
      cell: (sku: Sku) => (
        <div className="acts">
          <Go to={`/skus/${sku.id}`}>{catalog.openSku}</Go>
          {sku.kind === "voucher" && !isStocked(sku) && <Go to={`/vouchers/new?sku=${sku.id}`}>{vouchers.make}</Go>}
          {isStocked(sku) && <Go to={`/imports/new?sku=${sku.id}`}>{catalog.codesOf}</Go>}
          {sku.kind === "content" && <Go to={`/skus/${sku.id}/content`}>{contents.open}</Go>}
        </div>
      ),
    },
  ];
  const picks = can("catalog:write") && { chosen, choose: setChosen };
  return (
    <>
      {picked.length > 0 && (
        <div className="bar picked" role="status">
          {kit.selected(picked.length)}
          <SkuShelf skus={picked.map(({ sku }) => sku)} done={clear} />
          <BulkPrice key={[...chosen].join()} skus={picked} done={clear} />
        </div>
      )}
      <Table rows={product.skus} id={sku => sku.id} columns={columns} {...picks} />
    </>
  );
}

const put = (skus: Sku[], on_shelf: boolean) =>
  Promise.all(skus.map(({ id }) => take(api.PATCH("/v1/skus/{id}", { params: { path: { id } }, body: { on_shelf } }))));

function SkuShelf({ skus, done }: { skus: Sku[]; done: () => void }) {
  const { catalog } = useWords();
  const act = (on: boolean) => (
    <Act
      word={on ? catalog.putOn : catalog.takeOff}
      danger={!on}
      title={on ? catalog.putOnSkusTitle(skus.length) : catalog.takeOffSkusTitle(skus.length)}
      text={on ? catalog.putOnText : catalog.takeOffText}
      run={() => put(skus, on)}
      done={done}
    />
  );
  return (
    <>
      {act(true)}
      {act(false)}
    </>
  );
}
