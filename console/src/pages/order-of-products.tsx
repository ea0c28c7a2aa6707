/** The order in which the shop shows its products. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { whole } from "../api/pages";
import { take } from "../api/problem";
import type { Product } from "../api/types";
import { Away, Nothing, Page, Section, Waiting } from "../kit/page";
import { Sortable } from "../kit/sortable";
import { Trouble } from "../kit/trouble";
import { useCalled, useShelf } from "../parts/catalog";
import { NewProduct } from "../parts/product-acts";
import { useShop } from "../parts/shop";
import { ProductState } from "../parts/states";
import { Thumb } from "../parts/thumb";
import { useWords } from "../words";

const shown = (): Promise<Product[]> =>
  whole(page => take(api.GET("/v1/products", { params: { query: { ...page, sort: "position" } } })));

const move = (id: string, behind: string | null) =>
  take(api.PATCH("/v1/products/{id}", { params: { path: { id } }, body: { behind } }));

export default function OrderOfProducts() {
  const { catalog } = useWords();
  const called = useCalled();
  const shelf = useShelf();
  const shop = useShop();
  const asked = useQuery({ queryKey: ["products", "all", "shown"], queryFn: shown });
  const page = {
    title: catalog.orderTitle,
    intro: catalog.orderIntro,
    back: { to: "/products", text: catalog.title },
    acts: shop && <Away to={shop}>{catalog.orderShop}</Away>,
  };
  return (
    <Page {...page}>
      {asked.error && <Trouble error={asked.error} />}
      {asked.isPending && <Waiting />}
      {asked.data?.length === 0 && (
        <Nothing title={catalog.emptyTitle} text={catalog.emptyText}>
          <NewProduct />
        </Nothing>
      )}
      {asked.data && asked.data.length > 0 && (
        <Section title={catalog.title} note={catalog.orderNote}>
          <Sortable
            rows={asked.data}
            id={one => one.id}
            name={called}
            move={move}
            row={one => (
              <>
                <Link to={`/products/${one.id}`}>
                  <Thumb of={one} /> {called(one)}
                </Link>
                <span className="muted">{shelf(one)}</span>
                <ProductState product={one} />
              </>
            )}
          />
        </Section>
      )}
    </Page>
  );
}
