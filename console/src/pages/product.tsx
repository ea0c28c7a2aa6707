/** One product: what buyers read, its SKUs, and the page that comes of it. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Product, ProductChange } from "../api/types";
import { FormOf } from "../kit/form-page";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { useCalled } from "../parts/catalog";
import { paintProduct } from "../parts/paint";
import { ProductPreview } from "../parts/preview";
import { productGroups } from "../parts/product-form";
import { useShop } from "../parts/shop";
import { SkuOrder } from "../parts/sku-order";
import { Skus } from "../parts/skus";
import { pictureOf } from "../parts/thumb";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function ProductPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const words = useWords();
  const { catalog } = words;
  const called = useCalled();
  const shop = useShop();
  const can = useCan();
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
    <Page title={called(product)} back={back}>
      <Section title={catalog.skus} acts={can("catalog:write") && product.skus.length > 1 && <SkuOrder of={product} />}>
        <Skus product={product} />
      </Section>
      <FormOf<ProductChange, Product>
        key={product.version}
        groups={productGroups(words)}
        initial={product as ProductChange}
        save={save}
        beside={typed => (
          <ProductPreview
            product={id}
            on={product.on_shelf}
            version={product.version}
            paint={paintProduct(typed, typed.picture === product.picture ? undefined : pictureOf(shop, typed.picture))}
          />
        )}
      />
    </Page>
  );
}
