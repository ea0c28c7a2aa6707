/** All settings of a SKU, with words that explain them. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Sku, SkuChange } from "../api/types";
import { FormPage } from "../kit/form-page";
import { Go, Page, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { useCalled } from "../parts/catalog";
import { paintSku } from "../parts/paint";
import { ProductPreview } from "../parts/preview";
import { fromForm, type SkuForm, skuGroups, toForm } from "../parts/sku-form";
import { isStocked } from "../parts/states";
import { TicketPreview } from "../parts/ticket-preview";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function SkuPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const words = useWords();
  const { catalog } = words;
  const called = useCalled();
  const can = useCan();
  const path = { params: { path: { id } } };
  const asked = useQuery({ queryKey: ["products", "sku", id], queryFn: () => take(api.GET("/v1/skus/{id}", path)) });
  if (asked.error)
    return (
      <Page title={catalog.sku} back={{ to: "/products", text: catalog.title }}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  const sku = asked.data;
  const [stocked, ofVouchers] = [isStocked(sku), sku.kind === "voucher"];
  const save = (form: SkuForm) => {
    const body: SkuChange = fromForm(form, sku);
    return take(api.PATCH("/v1/skus/{id}", { ...path, body }));
  };
  return (
    <FormPage<SkuForm, Sku>
      key={asked.dataUpdatedAt}
      title={catalog.skuTitle(called(sku))}
      back={{ to: `/products/${sku.product}`, text: catalog.product }}
      acts={
        <>
          {stocked && can("codes:import") && <Go to={`/expiries?sku=${id}`}>{words.codes.expiries}</Go>}
          {stocked && can("codes:import") && <Go to={`/imports/new?sku=${id}`}>{catalog.codesOf}</Go>}
          {ofVouchers && !stocked && can("vouchers:write") && (
            <Go to={`/vouchers/new?sku=${id}`}>{words.vouchers.make}</Go>
          )}
          {sku.kind === "content" && <Go to={`/skus/${id}/content`}>{words.contents.open}</Go>}
        </>
      }
      groups={form => skuGroups(words, sku, form)}
      initial={toForm(sku)}
      save={save}
      beside={typed => (
        <>
          {ofVouchers && <TicketPreview name={typed.name ?? sku.name} currency={sku.price.currency} of={typed} />}
          <ProductPreview
            product={sku.product}
            on={sku.on_shelf}
            version={asked.dataUpdatedAt}
            paint={paintSku(id, typed)}
          />
        </>
      )}
    />
  );
}
