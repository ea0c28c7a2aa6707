/** Products as the other pages need them: names for the ids that orders, batches and accounts carry. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { whole } from "../api/pages";
import { take } from "../api/problem";
import type { Product, Sku } from "../api/types";
import { useCan } from "../session/context";
import { useSpoken } from "../words";

export const PRODUCTS = ["products"];

export const allProducts = (): Promise<Product[]> =>
  whole(query => take(api.GET("/v1/products", { params: { query } })));

export interface NamedSku {
  sku: Sku;
  product: Product;
  /** The product's name, and the SKU's where it adds something. */
  name: string;
}

/** In English where the merchant wrote it; what isn't there is read as it is. */
export const called = (one: Product | Sku, english: boolean): string => (english && one.en?.name) || one.name;

export function nameOf(product: Product, sku: Sku, english = false): string {
  const [whole, part] = [called(product, english), called(sku, english)];
  const own = part.startsWith(whole) ? part.slice(whole.length).trim() : part;
  return own ? `${whole} · ${own}` : whole;
}

export const named = (products: readonly Product[], english = false): Map<string, NamedSku> =>
  new Map(
    products.flatMap(product =>
      product.skus.map(sku => [sku.id, { sku, product, name: nameOf(product, sku, english) }] as const),
    ),
  );

export function useCatalog() {
  const can = useCan();
  const { data, isPending } = useQuery({
    queryKey: [...PRODUCTS, "all"],
    queryFn: allProducts,
    staleTime: 60_000,
    enabled: can("catalog:read"),
  });
  const english = useSpoken().language === "en";
  const products = data ?? [];
  return { products, skus: named(products, english), isPending };
}

/** Where a product stands in the shop, in the language that is shown. */
export function useShelf(): (product: Product) => string | undefined {
  const english = useSpoken().language === "en";
  return ({ en, category }) => (english && en?.category) || category || undefined;
}

/** The name of a SKU, or its id as long as the name isn't known. */
export function useSkuName(): (id: string) => string {
  const { skus } = useCatalog();
  return id => skus.get(id)?.name ?? id;
}

/** The name of a product or a SKU in the language that is shown. */
export function useCalled(): (one: Product | Sku) => string {
  const english = useSpoken().language === "en";
  return one => called(one, english);
}
