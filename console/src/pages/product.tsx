/** One product: what buyers read, its SKUs, and the page that comes of it. */

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Product, ProductChange, Sku } from "../api/types";
import type { Group } from "../kit/fields";
import { FormOf } from "../kit/form-page";
import { Go, Page, Section, Waiting } from "../kit/page";
import { Table } from "../kit/table";
import { Trouble } from "../kit/trouble";
import { Amount } from "../kit/values";
import { count } from "../lib/money";
import { ProductPreview } from "../parts/preview";
import { useWords, type Words } from "../words";

function groups({ catalog, kit }: Words): Group[] {
  const pictures = Object.entries(catalog.pictures).map(([value, label]) => ({ value, label }));
  return [
    {
      title: catalog.product,
      fields: [
        { kind: "text", name: "name", label: catalog.name, required: true, max: 200 },
        { kind: "switch", name: "on_shelf", label: catalog.onShelf },
        { kind: "long", name: "description", label: catalog.description, help: catalog.descriptionHelp },
        { kind: "text", name: "category", label: catalog.category, help: catalog.categoryHelp },
        { kind: "choice", name: "picture", label: catalog.picture, choices: pictures },
        { kind: "lines", name: "guide", label: catalog.guide, help: catalog.guideHelp, hint: kit.oneLine },
      ],
    },
    {
      title: catalog.english,
      help: catalog.englishHelp,
      fields: [
        { kind: "text", name: "en.name", label: catalog.name },
        { kind: "long", name: "en.description", label: catalog.description },
        { kind: "text", name: "en.category", label: catalog.category },
        { kind: "lines", name: "en.guide", label: catalog.guide, hint: kit.oneLine },
      ],
    },
  ];
}

export default function ProductPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const words = useWords();
  const { catalog } = words;
  const path = { params: { path: { id } } };
  const asked = useQuery({ queryKey: ["products", id], queryFn: () => take(api.GET("/v1/products/{id}", path)) });
  const back = { to: "/products", text: catalog.title };
  if (asked.error)
    return (
      <Page title={catalog.title} back={back}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  const product = asked.data;
  const save = (_: unknown, body: ProductChange) => take(api.PATCH("/v1/products/{id}", { ...path, body }));
  return (
    <Page title={product.name} back={back}>
      <Section title={catalog.skus}>
        <Skus product={product} />
      </Section>
      <FormOf<ProductChange, Product>
        key={product.version}
        groups={groups(words)}
        initial={product as ProductChange}
        save={save}
        beside={() => <ProductPreview product={id} on={product.on_shelf} version={product.version} />}
      />
    </Page>
  );
}

function Skus({ product }: { product: Product }) {
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
