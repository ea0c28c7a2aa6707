/** Stock of every SKU: how fast it sells, and for how many days it lasts. */

import { Link } from "@tanstack/react-router";
import type { Stock } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { count } from "../lib/money";
import { useSkuName } from "../parts/catalog";
import { DaysLeft } from "../parts/days-left";
import { loadStock } from "../parts/stock";
import { useWords } from "../words";

export default function StockPage() {
  const { codes, catalog } = useWords();
  const nameOf = useSkuName();
  const columns: Column<Stock>[] = [
    { key: "sku", title: codes.sku, cell: one => <Link to={`/skus/${one.sku}`}>{nameOf(one.sku)}</Link> },
    { key: "stock", title: catalog.stock, number: true, cell: one => count(one.stock) },
    { key: "sold_7", title: codes.sold(7), number: true, cell: one => count(one.sold_7) },
    { key: "sold_30", title: codes.sold(30), number: true, cell: one => count(one.sold_30) },
    { key: "days_left_7", title: codes.lasts, cell: one => <DaysLeft of={one} /> },
    {
      key: "acts",
      title: "",
      cell: one => (
        <div className="links">
          <Link to={`/expiries?sku=${one.sku}`}>{codes.calendar}</Link>
          <Link to={`/imports/new?sku=${one.sku}`}>{catalog.codesOf}</Link>
        </div>
      ),
    },
  ];
  const act = (
    <Go to="/products/new" primary>
      {catalog.newProduct}
    </Go>
  );
  return (
    <ListPage
      title={codes.stockTitle}
      intro={codes.stockIntro}
      name="stock"
      columns={columns}
      id={one => one.sku}
      load={loadStock}
      empty={{ title: catalog.emptyTitle, text: catalog.emptyText, act }}
    />
  );
}
