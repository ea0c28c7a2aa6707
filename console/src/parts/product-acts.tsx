/** What several products are done to at once, and what a product costs. */

import { api } from "../api/client";
import { take } from "../api/problem";
import type { Product } from "../api/types";
import { Act } from "../kit/act";
import { Go } from "../kit/page";
import { written } from "../lib/money";
import { useCan } from "../session/context";
import { useSpoken, useWords } from "../words";
import { BulkPrice } from "./bulk-price";
import { named } from "./catalog";

const cheapest = ({ skus }: Product) => skus.toSorted((a, b) => a.price.amount - b.price.amount)[0];

const put = (rows: Product[], on_shelf: boolean) =>
  Promise.all(
    rows.map(({ id }) => take(api.PATCH("/v1/products/{id}", { params: { path: { id } }, body: { on_shelf } }))),
  );

export function NewProduct() {
  const { catalog } = useWords();
  const can = useCan();
  if (!can("catalog:write")) return null;
  return (
    <Go to="/products/new" primary>
      {catalog.newProduct}
    </Go>
  );
}

export function ProductsActs() {
  const { catalog, productFiles } = useWords();
  const can = useCan();
  return (
    <>
      {can("catalog:write") && (
        <>
          <Go to="/products/order">{catalog.order}</Go>
          <Go to="/products/import">{productFiles.open}</Go>
        </>
      )}
      <NewProduct />
    </>
  );
}

export function Shelf({ rows, done }: { rows: Product[]; done: () => void }) {
  const { catalog } = useWords();
  const english = useSpoken().language === "en";
  const n = rows.length;
  return (
    <>
      <Act
        word={catalog.putOn}
        title={catalog.putOnTitle(n)}
        text={catalog.putOnText}
        run={() => put(rows, true)}
        done={done}
      />
      <Act
        word={catalog.takeOff}
        danger
        title={catalog.takeOffTitle(n)}
        text={catalog.takeOffText}
        run={() => put(rows, false)}
        done={done}
      />
      <BulkPrice key={rows.map(({ id }) => id).join()} skus={[...named(rows, english).values()]} done={done} />
    </>
  );
}

/** Its lowest price, with a sign that there are higher ones. */
export function priceOf(product: Product) {
  const least = cheapest(product);
  const several = product.skus.some(sku => sku.price.amount !== least?.price.amount);
  return least ? `${written(least.price)}${several ? " +" : ""}` : "–";
}
