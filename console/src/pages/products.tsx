/** Products, and what is done to several of them at once: shelf and prices. */

import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { cursor } from "../api/pages";
import { take } from "../api/problem";
import type { Product } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { count } from "../lib/money";
import { useCalled, useShelf } from "../parts/catalog";
import { NewProduct, ProductsActs, priceOf, Shelf } from "../parts/product-acts";
import { ProductState } from "../parts/states";
import { Suspended } from "../parts/suspended";
import { Thumb } from "../parts/thumb";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function Products() {
  const { catalog, kit } = useWords();
  const called = useCalled();
  const shelf = useShelf();
  const can = useCan();
  const columns: Column<Product>[] = [
    {
      key: "name",
      title: catalog.name,
      cell: one => (
        <Link to={`/products/${one.id}`}>
          <Thumb of={one} /> {called(one)}
        </Link>
      ),
    },
    { key: "category", title: catalog.category, cell: one => shelf(one) ?? "–" },
    { key: "skus.name", title: catalog.skus, cell: one => one.skus.map(sku => called(sku)).join(kit.comma) },
    { key: "skus.price", title: catalog.price, number: true, cell: one => priceOf(one) },
    {
      key: "skus.stock",
      title: catalog.stock,
      number: true,
      cell: one => count(one.skus.reduce((sum, sku) => sum + (sku.stock ?? 0), 0)),
    },
    { key: "on_shelf", title: catalog.state, cell: one => <ProductState product={one} /> },
  ];
  const bulk = (rows: Product[], clear: () => void) => <Shelf rows={rows} done={clear} />;
  return (
    <ListPage
      title={catalog.title}
      acts={<ProductsActs />}
      notice={<Suspended />}
      name="products"
      columns={columns}
      id={one => one.id}
      load={wanted => take(api.GET("/v1/products", { params: { query: cursor(wanted) } }))}
      empty={{ title: catalog.emptyTitle, text: catalog.emptyText, act: <NewProduct /> }}
      {...(can("catalog:write") && { bulk })}
    />
  );
}
