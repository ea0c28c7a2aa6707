/** Vouchers made without an order: of which SKU and how many; then their codes, once. */

import { useLocation, useNavigate } from "@tanstack/react-router";
import { Select } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Sku } from "../api/types";
import type { Group } from "../kit/fields";
import { FormPage } from "../kit/form-page";
import { Waiting } from "../kit/page";
import { readQuery } from "../lib/address";
import { useCatalog } from "../parts/catalog";
import { type Batch, MadeVouchers } from "../parts/made-vouchers";
import { isStocked } from "../parts/states";
import { NoTemplates, TemplatePreview } from "../parts/templates";
import { once } from "../session/door";
import { useWords } from "../words";

interface Typed {
  sku?: string;
  quantity?: number;
}

const MOST = 1_000_000;

export default function NewVouchers() {
  const { vouchers, kit } = useWords();
  const { searchStr } = useLocation();
  const navigate = useNavigate();
  const { skus, isPending } = useCatalog();
  const [batch, setBatch] = useState<Batch>();
  if (batch) return <MadeVouchers of={batch} again={() => setBatch(undefined)} />;
  if (isPending) return <Waiting />;
  const templates = [...skus.values()].filter(({ sku }) => sku.kind === "voucher" && !isStocked(sku));
  if (templates.length === 0) return <NoTemplates />;
  const choices = templates.map(({ sku, name }) => ({ value: sku.id, label: name }));
  const select = <Select options={choices} showSearch={{ optionFilterProp: "label" }} />;
  const amount = { kind: "integer", min: 1, max: MOST, required: true } as const;
  const groups: Group[] = [
    {
      title: vouchers.makeGroup,
      fields: [
        { kind: "own", name: "sku", label: vouchers.sku, required: true, input: select },
        { ...amount, name: "quantity", label: vouchers.quantity, help: vouchers.quantityHelp },
      ],
    },
  ];
  const save = async ({ sku = "", quantity = 0 }: Typed): Promise<Batch | undefined> => {
    const made = await take(api.POST("/v1/vouchers", { params: { header: once }, body: { sku, quantity } }));
    // So many are a run, which goes on by itself.
    return "vouchers" in made ? { ...made, sku: skus.get(sku)?.sku as Sku } : undefined;
  };
  const asked = readQuery(searchStr).sku;
  const first = templates.find(({ sku }) => sku.id === asked) ?? templates[0];
  return (
    <FormPage<Typed, Batch | undefined>
      title={vouchers.makeTitle}
      intro={vouchers.makeIntro}
      back={{ to: "/vouchers", text: vouchers.title }}
      groups={groups}
      initial={{ ...(first && { sku: first.sku.id }), quantity: 10 }}
      save={save}
      saved={made => (made ? setBatch(made) : void navigate({ to: "/voucher-runs" }))}
      saveWord={vouchers.make}
      doneWord={kit.done}
      beside={({ sku }) => <TemplatePreview of={skus.get(sku ?? "")} />}
    />
  );
}
