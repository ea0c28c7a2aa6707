/** The steps of the guided first product. */

import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useCallback, useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { CodeImport, Currency, Money, Product, Sku } from "../api/types";
import type { Group } from "../kit/fields";
import { FormOf } from "../kit/form-page";
import { Away, Go, Section } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { CURRENCIES } from "../lib/money";
import { useWords } from "../words";
import { CodeDrop, type Dropped } from "./code-drop";
import { ContentForm } from "./content";
import { ImportView } from "./import-view";
import { PictureInput } from "./picture-input";
import { ProductPreview } from "./preview";
import { useShop } from "./shop";
import { Sketch } from "./sketch";
import { startImport } from "./start-import";
import { isStocked } from "./states";
import { TicketPreview } from "./ticket-preview";
import { FRESH, fromTerms, type TermsForm, termsGroup } from "./voucher-terms";

export interface First extends TermsForm {
  name: string;
  currency: Currency;
  price: Money | null;
  sku?: string;
  description?: string;
  picture?: string;
}

/** What can be sold by this way. */
export type SoldKind = Sku["kind"];

/** What it is and what it costs. It lies under the counter until its codes are in. */
export function StepWhat({ kind, made }: { kind: SoldKind; made: (product: Product) => void }) {
  const words = useWords();
  const { catalog } = words;
  const currencies = CURRENCIES.map(value => ({ value, label: value }));
  const groups = (form: Partial<First>): Group[] => [
    {
      title: catalog.stepWhat,
      fields: [
        { kind: "text", name: "name", label: catalog.name, hint: catalog.nameHint, required: true, max: 200 },
        {
          kind: "money",
          name: "price",
          label: catalog.price,
          help: catalog.priceHelp,
          required: true,
          currency: form.currency ?? "CNY",
        },
        { kind: "choice", name: "currency", label: catalog.currency, required: true, choices: currencies },
        { kind: "text", name: "sku", label: catalog.skuName, hint: catalog.skuNameHint, help: catalog.skuNameHelp },
        { kind: "long", name: "description", label: catalog.description, help: catalog.descriptionHelp },
        { kind: "own", name: "picture", label: catalog.picture, help: catalog.pictureHelp, input: <PictureInput /> },
      ],
    },
    ...(kind === "voucher" ? [termsGroup(words, form.currency ?? "CNY", form, false)] : []),
  ];
  const save = (form: First) => {
    const { name, price, sku, description, picture } = form;
    if (!price) throw new Error("the form asks for it");
    const terms = kind === "voucher" && fromTerms(form);
    const one = { kind, name: sku || name, price, ...terms };
    const body = {
      name,
      // Codes or a content come next; vouchers of ours are made when they are paid.
      on_shelf: kind === "voucher" && form.present !== "imported",
      skus: [one],
      ...(description && { description }),
      ...(picture && { picture }),
    };
    return take(api.POST("/v1/products", { body }));
  };
  return (
    <FormOf<First, Product>
      groups={groups}
      initial={{ ...FRESH, currency: "CNY", picture: "goods" }}
      save={save}
      saved={made}
      saveWord={({ present }) =>
        kind === "content" ? catalog.toContent : isStocked({ kind, present }) ? catalog.toCodes : catalog.toSale
      }
      beside={form => <Beside kind={kind} of={form} />}
    />
  );
}

function Beside({ kind, of }: { kind: SoldKind; of: Partial<First> }) {
  const { catalog } = useWords();
  const { name, sku, currency = "CNY" } = of;
  const called = [name || catalog.nameHint, sku].filter(Boolean).join(" · ");
  return (
    <>
      {kind === "voucher" && <TicketPreview name={called} currency={currency} of={of} />}
      <Sketch kind={kind} of={of} />
    </>
  );
}

/** Its codes; once they are in, it goes on sale. */
export function StepCodes({ product, done }: { product: Product; done: (codes: number) => void }) {
  const { catalog, codes } = useWords();
  const [file, setFile] = useState<Dropped>();
  const [percent, setPercent] = useState<number>();
  const sku = product.skus[0]?.id ?? "";
  const sale = useMutation({
    mutationFn: async (accepted: number) => {
      await take(api.PATCH("/v1/products/{id}", { params: { path: { id: product.id } }, body: { on_shelf: true } }));
      return accepted;
    },
    onSuccess: done,
  });
  const starting = useMutation({ mutationFn: (dropped: Dropped) => startImport(sku, dropped, {}, setPercent) });
  const { mutate } = sale;
  const ended = useCallback((one: CodeImport) => mutate(one.accepted), [mutate]);
  if (starting.data) {
    return (
      <>
        <ImportView id={starting.data} done={ended} />
        {sale.error && <Trouble error={sale.error} />}
      </>
    );
  }
  return (
    <Section title={catalog.stepCodes}>
      <CodeDrop value={file} onChange={setFile} />
      {starting.error && <Trouble error={starting.error} />}
      <div className="acts">
        <Button
          type="primary"
          disabled={!file}
          loading={starting.isPending}
          onClick={() => file && starting.mutate(file)}
        >
          {percent === undefined ? codes.start : codes.uploading(percent)}
        </Button>
        <Button type="text" loading={sale.isPending} onClick={() => sale.mutate(0)}>
          {catalog.later}
        </Button>
      </div>
    </Section>
  );
}

/** What its buyers share; once it is written, it goes on sale. */
export function StepContent({ product, done }: { product: Product; done: (codes: number) => void }) {
  const { contents, catalog } = useWords();
  const path = { params: { path: { id: product.id } } };
  const sale = useMutation({
    mutationFn: () => take(api.PATCH("/v1/products/{id}", { ...path, body: { on_shelf: true } })),
    onSuccess: () => done(0),
  });
  return (
    <Section title={catalog.steps.content} note={contents.intro}>
      <ContentForm sku={product.skus[0]?.id ?? ""} written={() => sale.mutate()} saveWord={contents.first} />
      {sale.error && <Trouble error={sale.error} />}
    </Section>
  );
}

export function StepSale({ product, codes, again }: { product: Product; codes: number; again: () => void }) {
  const { catalog } = useWords();
  const shop = useShop();
  const kind = product.skus[0]?.kind;
  const ofCodes = codes > 0 ? catalog.onSaleText(codes) : catalog.onSaleEmpty;
  return (
    <div className="with-beside">
      <Section title={catalog.onSale}>
        <p>
          {kind === "voucher" && !codes ? catalog.onSaleVoucher : kind === "content" ? catalog.onSaleContent : ofCodes}
        </p>
        <div className="acts">
          <Away to={`${shop}/p/${product.id}`} primary>
            {catalog.buyOne}
          </Away>
          <Go to={`/products/${product.id}`}>{catalog.edit}</Go>
          <Button onClick={again}>{catalog.another}</Button>
        </div>
      </Section>
      <aside className="beside">
        <ProductPreview product={product.id} on version={1} />
      </aside>
    </div>
  );
}
