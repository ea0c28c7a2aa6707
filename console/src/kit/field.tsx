/** A field of a form: its label, its input, its help, and the rules that can be told without asking the API. */

import { Form, Input, InputNumber, Switch } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../words";
import { type Field, pathOf } from "./fields";
import {
  BAD,
  ChoiceInput,
  ChoicesInput,
  ColourInput,
  DateInput,
  JsonInput,
  LinesInput,
  MinorInput,
  MoneyInput,
  PemInput,
  PercentInput,
  TimeInput,
} from "./inputs";
import { RowsInput } from "./rows-input";

type Rules = NonNullable<Parameters<typeof Form.Item>[0]["rules"]>;

export function FieldItem({ field }: { field: Field }) {
  const { kit } = useWords();
  const { name, label, help, required } = field;
  const rules: Rules = required && field.kind !== "switch" ? [{ required: true, message: kit.required }] : [];
  if (field.kind === "decimal") rules.push({ pattern: /^\d+(\.\d{1,4})?$/, message: kit.notDecimal });
  if (["money", "minor", "json", "percent"].includes(field.kind)) {
    const message = field.kind === "json" ? "JSON" : field.kind === "percent" ? kit.notPercent : kit.notMoney;
    rules.push({ validator: (_, value) => (value === BAD ? Promise.reject(new Error(message)) : Promise.resolve()) });
  }
  const marked = required || field.kind === "switch" ? label : <Optional label={label} word={kit.optional} />;
  return (
    <Form.Item
      name={pathOf(name)}
      label={marked}
      extra={help}
      rules={rules}
      required={false}
      {...(field.kind === "switch" && { valuePropName: "checked" })}
    >
      {input(field)}
    </Form.Item>
  );
}

const Optional = ({ label, word }: { label: string; word: string }) => (
  <>
    {label}
    <small className="optional">{word}</small>
  </>
);

function input(field: Field): ReactNode {
  const { disabled, hint } = field;
  switch (field.kind) {
    case "text":
      return <Input disabled={disabled} placeholder={hint} maxLength={field.max} autoComplete="off" />;
    case "long":
      return <Input.TextArea disabled={disabled} placeholder={hint} maxLength={field.max} rows={3} />;
    case "secret":
      return <Input.Password disabled={disabled} placeholder={hint} autoComplete="new-password" />;
    case "pem":
      return <PemInput disabled={disabled} hint={hint} label={field.label} />;
    case "percent":
      return <PercentInput disabled={disabled} />;
    case "lines":
      return <LinesInput disabled={disabled} hint={hint} />;
    case "integer":
      return (
        <InputNumber
          disabled={disabled}
          precision={0}
          min={field.min}
          max={field.max}
          suffix={field.unit}
          className="short"
          placeholder={hint}
        />
      );
    case "decimal":
      return (
        <Input
          disabled={disabled}
          className="short"
          inputMode="decimal"
          autoComplete="off"
          prefix={field.unit}
          placeholder={hint}
        />
      );
    case "money":
      return <MoneyInput disabled={disabled} currency={field.currency} />;
    case "minor":
      return <MinorInput disabled={disabled} currency={field.currency} />;
    case "switch":
      return <Switch disabled={disabled} />;
    case "choice":
      return <ChoiceInput disabled={disabled} choices={field.choices} />;
    case "choices":
      return <ChoicesInput disabled={disabled} choices={field.choices} />;
    case "time":
      return <TimeInput disabled={disabled} />;
    case "date":
      return <DateInput disabled={disabled} />;
    case "colour":
      return <ColourInput disabled={disabled} />;
    case "json":
      return <JsonInput disabled={disabled} />;
    case "rows":
      return <RowsInput cells={field.cells} most={field.most} add={field.add} fresh={field.fresh} />;
    case "own":
      return field.input;
  }
}
