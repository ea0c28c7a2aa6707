/** Inputs of our own for values that Ant Design doesn't know: money, times by the shop's clock, lines, colours. */

import { Button, Checkbox, Input, Radio, Select } from "antd";
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import type { Currency, Money } from "../api/types";
import { parsed, plain, sign } from "../lib/money";
import { basisPoints, percentPlain } from "../lib/percent";
import { instant, local } from "../lib/time";
import { useMerchant } from "../session/context";
import { useWords } from "../words";
import type { Choice } from "./fields";

interface Controlled<V> {
  id?: string;
  value?: V;
  onChange?: (value: V) => void;
  disabled?: boolean;
}

/** A value that stays a text as long as it isn't understood, so that nothing typed is lost. */
function useTyped<V>(value: V | undefined, write: (value: V) => string, read: (text: string) => V | undefined) {
  const [text, setText] = useState(value === undefined || value === null ? "" : write(value));
  const shown = JSON.stringify(value ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another value from outside changes the text
  useEffect(() => {
    if (JSON.stringify(read(text) ?? null) !== shown)
      setText(value === undefined || value === null ? "" : write(value));
  }, [shown]);
  return [text, setText] as const;
}

/** What a field holds that could not be read as money; the form's rule refuses it. */
export const BAD = "bad";

export function MoneyInput({
  value,
  onChange,
  currency,
  ...rest
}: Controlled<Money | null | typeof BAD> & { currency: Currency }) {
  const good = value && value !== BAD ? value : undefined;
  const [text, setText] = useTyped<Money>(good, plain, typed => parsed(typed, currency));
  const type = ({ target }: ChangeEvent<HTMLInputElement>) => {
    setText(target.value);
    onChange?.(target.value.trim() === "" ? null : (parsed(target.value, currency) ?? BAD));
  };
  // Another currency reads the same digits anew; it never takes over an amount of minor units.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another currency does it
  useEffect(() => {
    if (good && good.currency !== currency) onChange?.(parsed(text, currency) ?? BAD);
  }, [currency]);
  return (
    <Input
      {...rest}
      className="short"
      prefix={sign(currency)}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={type}
    />
  );
}

/** Money that is kept as a bare number of minor units. */
export function MinorInput({
  value,
  onChange,
  currency,
  ...rest
}: Controlled<number | null | typeof BAD> & { currency: Currency }) {
  return (
    <MoneyInput
      {...rest}
      currency={currency}
      value={typeof value === "number" ? { amount: value, currency } : (value ?? null)}
      onChange={next => onChange?.(next === null || next === BAD ? next : next.amount)}
    />
  );
}

/** A rate as percent; it is kept in basis points. */
export function PercentInput({ value, onChange, ...rest }: Controlled<number | null | typeof BAD>) {
  const good = typeof value === "number" ? value : undefined;
  const [text, setText] = useTyped<number>(good, percentPlain, basisPoints);
  const type = ({ target }: ChangeEvent<HTMLInputElement>) => {
    setText(target.value);
    onChange?.(target.value.trim() === "" ? null : (basisPoints(target.value) ?? BAD));
  };
  return (
    <Input
      {...rest}
      className="short"
      suffix="%"
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={type}
      onBlur={() => good !== undefined && setText(percentPlain(good))}
    />
  );
}

/** A key or certificate, pasted or read from its file. Its lines stay as they are. */
export function PemInput({
  value,
  onChange,
  hint,
  label,
  ...rest
}: Controlled<string | null> & { hint?: string; label: string }) {
  const { kit } = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (file && file.size <= PEM_BYTES_MAX) onChange?.(await file.text());
  };
  return (
    <div className="pem">
      <Input.TextArea
        {...rest}
        className="mono"
        rows={4}
        spellCheck={false}
        autoComplete="off"
        placeholder={hint}
        value={value ?? ""}
        onChange={({ target }) => onChange?.(target.value || null)}
      />
      <Button size="small" onClick={() => chooser.current?.click()}>
        {kit.fromFile}
      </Button>
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".pem,.crt,.cer,.txt,.key"
        aria-label={`${label} ${kit.fromFile}`}
        onChange={event => {
          void read(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}

/** No key or certificate is longer. */
const PEM_BYTES_MAX = 65_536;

/** An instant, typed by the shop's clock. */
export function TimeInput({ value, onChange, ...rest }: Controlled<string | null>) {
  const { zone } = useMerchant();
  return (
    <Input
      {...rest}
      className="short"
      type="datetime-local"
      value={value ? local(value, zone) : ""}
      onChange={event => onChange?.(instant(event.target.value, zone) ?? null)}
    />
  );
}

export const DateInput = ({ value, onChange, ...rest }: Controlled<string | null>) => (
  <Input
    {...rest}
    className="short"
    type="date"
    value={value ?? ""}
    onChange={event => onChange?.(event.target.value || null)}
  />
);

/** Texts, one a line. */
export function LinesInput({ value, onChange, hint, ...rest }: Controlled<string[]> & { hint?: string }) {
  const read = (text: string) =>
    text
      .split("\n")
      .map(line => line.trim())
      .filter(Boolean);
  const [text, setText] = useTyped<string[]>(value, lines => lines.join("\n"), read);
  const type = ({ target }: ChangeEvent<HTMLTextAreaElement>) => {
    setText(target.value);
    onChange?.(read(target.value));
  };
  return <Input.TextArea {...rest} rows={3} placeholder={hint} value={text} onChange={type} />;
}

export const ColourInput = ({ id, value, onChange, disabled }: Controlled<string | null>) => {
  const { settings } = useWords();
  return (
    <span className="colour">
      <input
        type="color"
        aria-label={settings.colour}
        disabled={disabled}
        value={/^#[0-9a-f]{6}$/i.test(value ?? "") ? (value ?? "") : "#17695b"}
        onChange={event => onChange?.(event.target.value)}
      />
      <Input
        id={id}
        className="short"
        disabled={disabled}
        value={value ?? ""}
        onChange={event => onChange?.(event.target.value || null)}
      />
    </span>
  );
};

/** Few choices stand open with their words, many in a list. */
export function ChoiceInput({ id, value, onChange, choices, disabled }: Controlled<string> & { choices: Choice[] }) {
  if (choices.length > 5) {
    return (
      <Select
        id={id}
        value={value}
        disabled={disabled}
        onChange={onChange}
        options={choices.map(({ value, label }) => ({ value, label }))}
        showSearch={{ optionFilterProp: "label" }}
      />
    );
  }
  return (
    <Radio.Group
      id={id}
      className="radios"
      value={value}
      disabled={disabled}
      onChange={event => onChange?.(event.target.value)}
    >
      {choices.map(choice => (
        <Radio key={choice.value} value={choice.value}>
          {choice.label}
          {choice.help && <small className="muted">{choice.help}</small>}
        </Radio>
      ))}
    </Radio.Group>
  );
}

export const ChoicesInput = ({ value, onChange, choices, disabled }: Controlled<string[]> & { choices: Choice[] }) => (
  <Checkbox.Group className="radios" value={value} disabled={disabled} onChange={onChange} options={choices} />
);

/** A value of any shape, as JSON. */
export function JsonInput({ value, onChange, ...rest }: Controlled<unknown>) {
  const [text, setText] = useState(() => (value === undefined ? "" : JSON.stringify(value, null, 2)));
  const type = ({ target }: ChangeEvent<HTMLTextAreaElement>) => {
    setText(target.value);
    try {
      onChange?.(target.value.trim() === "" ? null : JSON.parse(target.value));
    } catch {
      onChange?.(BAD);
    }
  };
  return <Input.TextArea {...rest} className="mono" rows={3} value={text} onChange={type} />;
}
