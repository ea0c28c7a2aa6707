/** The filters of a list: a text that is sent with Enter, or a choice. */

import { Input, Select } from "antd";
import { useEffect, useState } from "react";
import type { Query } from "../lib/address";
import { useWords } from "../words";

export interface Filter {
  key: string;
  label: string;
  hint?: string;
  choices?: { value: string; label: string }[];
  /** May name a person or a code, so it never stands in the address. */
  secret?: boolean;
}

interface FiltersProps {
  filters: Filter[];
  values: Query;
  change: (key: string, value: string | undefined) => void;
}

export function Filters({ filters, values, change }: FiltersProps) {
  const { kit } = useWords();
  return filters.map(({ key, label, hint, choices }) =>
    choices ? (
      <Select
        key={key}
        aria-label={label}
        value={values[key] ?? ""}
        options={[{ value: "", label: `${label}：${kit.all}` }, ...choices]}
        onChange={value => change(key, value || undefined)}
        popupMatchSelectWidth={false}
      />
    ) : (
      <TextFilter
        key={key}
        label={label}
        hint={hint ?? kit.wholeValue}
        value={values[key] ?? ""}
        change={v => change(key, v || undefined)}
      />
    ),
  );
}

function TextFilter({
  label,
  hint,
  value,
  change,
}: {
  label: string;
  hint: string;
  value: string;
  change: (v: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <Input.Search
      className="text-filter"
      aria-label={label}
      prefix={<span className="muted">{label}</span>}
      placeholder={hint}
      value={typed}
      allowClear
      onChange={event => setTyped(event.target.value)}
      onSearch={text => change(text.trim())}
    />
  );
}
