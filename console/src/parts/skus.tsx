/** The SKUs of a product. */

import { Link } from "@tanstack/react-router";
import type { Product, Sku } from "../api/types";
import { Go } from "../kit/page";
import { Table } from "../kit/table";
import { Amount } from "../kit/values";
import { count } from "../lib/money";
import { useWords } from "../words";

export function Skus({ product }: { product: Product }) {
  const { catalog } = useWords();
  const columns = [
    { key: "name", title: catalog.sku, cell: (sku: Sku) => <Link to={`/skus/${sku.id}`}>{sku.name}</Link> },
    { key: "price", title: catalog.price, number: true, cell: (sku: Sku) => <Amount money={sku.price} /> },
    { key: "stock", title: catalog.stock, number: true, cell: (sku: Sku) => count(sku.stock ?? 0) },
    {
      key: "acts",
      title: "",
      cell: (sku: Sku) => (
        <div className="acts">
          <Go to={`/skus/${sku.id}`}>{catalog.openSku}</Go>
          <Go to={`/imports/new?sku=${sku.id}`}>{catalog.codesOf}</Go>
        </div>
      ),
    },
  ];
  return <Table rows={product.skus} id={sku => sku.id} columns={columns} />;
}
