/** Codes into a pool: for which SKU, which codes, and what is known of them. */

import { useLocation, useNavigate } from "@tanstack/react-router";
import { Select } from "antd";
import { useState } from "react";
import type { Group } from "../kit/fields";
import { FormPage } from "../kit/form-page";
import { readQuery } from "../lib/address";
import { useCatalog } from "../parts/catalog";
import { CodeDrop, type Dropped } from "../parts/code-drop";
import { type Batch, startImport } from "../parts/start-import";
import { isStocked } from "../parts/states";
import { useWords } from "../words";

interface Typed extends Omit<Batch, "on_voided"> {
  sku?: string;
  file?: Dropped;
  readmit?: boolean;
}

export default function NewImport() {
  const { codes } = useWords();
  const { skus } = useCatalog();
  const { searchStr } = useLocation();
  const navigate = useNavigate();
  const [percent, setPercent] = useState<number>();
  const ofCodes = [...skus.values()].filter(({ sku }) => isStocked(sku));
  const choices = ofCodes.map(({ sku, name }) => ({ value: sku.id, label: name }));
  const groups: Group[] = [
    {
      title: codes.importTitle,
      fields: [
        {
          kind: "own",
          name: "sku",
          label: codes.choosePlace,
          required: true,
          input: <Select options={choices} showSearch={{ optionFilterProp: "label" }} />,
        },
        { kind: "own", name: "file", label: codes.paste, required: true, input: <DropField /> },
      ],
    },
    {
      title: codes.batch,
      fields: [
        { kind: "text", name: "name", label: codes.batchName, help: codes.batchNameHelp },
        { kind: "text", name: "supplier", label: codes.supplier },
        { kind: "decimal", name: "unit_cost", label: codes.unitCost },
        { kind: "switch", name: "readmit", label: codes.onVoided },
      ],
    },
  ];
  const save = async ({ sku, file, readmit, ...batch }: Typed) => {
    if (!sku || !file) throw new Error("the form asks for both");
    return startImport(sku, file, { ...batch, ...(readmit && { on_voided: "readmit" }) }, setPercent);
  };
  return (
    <FormPage<Typed, string>
      title={codes.importTitle}
      back={{ to: "/imports", text: codes.title }}
      groups={groups}
      initial={{ ...(readQuery(searchStr).sku && { sku: readQuery(searchStr).sku as string }) }}
      save={save}
      saved={id => void navigate({ to: `/imports/${id}` })}
      saveWord={percent === undefined ? codes.start : codes.uploading(percent)}
    />
  );
}

const DropField = ({ value, onChange }: { value?: Dropped; onChange?: (next: Dropped | undefined) => void }) => (
  <CodeDrop value={value} onChange={next => onChange?.(next)} />
);
