/** The filters of a list: a text that is sent with Enter, a choice, a day, or what only links bring. */

import { Button, Input, Select, Space } from "antd";
import { useEffect, useState } from "react";
import type { Query } from "../lib/address";
import { brief } from "../lib/ids";
import { CURRENCIES, currencyApart, withCurrency } from "../lib/money";
import { useWords } from "../words";

export interface Filter {
  key: string;
  label: string;
  hint?: string;
  choices?: { value: string; label: string }[];
  /** What is shown where nothing is chosen, when that is not all. */
  else?: string;
  /** An amount, with its currency beside it. */
  amount?: boolean;
  /** A day of the shop's calendar. */
  day?: boolean;
  /** Links bring it; here it is only shown, and taken away. */
  brought?: boolean;
  /** May name a person or a code, so it never stands in the address. */
  secret?: boolean;
}

interface FiltersProps {
  filters: Filter[];
  values: Query;
  change: (key: string, value: string | undefined) => void;
}

export function Filters({ filters, values, change }: FiltersProps) {
  return filters.map(filter => <One key={filter.key} of={filter} value={values[filter.key] ?? ""} change={change} />);
}

function One({ of, value, change }: { of: Filter; value: string; change: FiltersProps["change"] }) {
  const { kit } = useWords();
  const { key, label, hint, choices, amount, day, brought, else: all = kit.all } = of;
  const put = (next: string) => change(key, next || undefined);
  if (brought) return value && <Brought label={label} value={value} drop={() => put("")} />;
  if (day) {
    return (
      <label className="day-filter">
        <span className="muted">{label}</span>
        <input type="date" value={value} onChange={event => put(event.target.value)} />
      </label>
    );
  }
  if (amount) return <AmountFilter label={label} hint={hint} value={value} change={put} />;
  if (!choices) return <TextFilter label={label} hint={hint ?? kit.wholeValue} value={value} change={put} />;
  return (
    <Select
      aria-label={label}
      value={value}
      options={[{ value: "", label: label + kit.colon + all }, ...choices]}
      onChange={put}
      popupMatchSelectWidth={false}
      showSearch={choices.length > 10 && { optionFilterProp: "label" }}
    />
  );
}

/** What a link narrowed a page to, and the way back. */
export function Brought({ label, value, drop }: { label: string; value: string; drop: () => void }) {
  const { kit } = useWords();
  return (
    <Button onClick={drop} aria-label={`${kit.remove} ${label}`}>
      <span className="muted">{label}</span> {brief(value)} ✕
    </Button>
  );
}

function AmountFilter({
  value,
  change,
  ...rest
}: {
  label: string;
  hint?: string;
  value: string;
  change: (v: string) => void;
}) {
  const { kit } = useWords();
  const { typed, currency: chosen } = currencyApart(value);
  const [currency, setCurrency] = useState(chosen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the address says, whenever it says another amount
  useEffect(() => setCurrency(chosen), [value]);
  const turn = (next: typeof currency) => {
    setCurrency(next);
    if (typed) change(withCurrency(typed, next));
  };
  return (
    <Space.Compact>
      <TextFilter
        {...rest}
        hint={rest.hint ?? ""}
        value={typed}
        change={text => change(withCurrency(text, currency))}
      />
      <Select
        aria-label={kit.currency}
        value={currency}
        options={CURRENCIES.map(value => ({ value, label: value }))}
        onChange={turn}
        popupMatchSelectWidth={false}
      />
    </Space.Compact>
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
