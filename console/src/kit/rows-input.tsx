/** A short list of records, each in a row of small inputs; their order is that in which they stand. */

import { Button, Input, Select, Switch } from "antd";
import { useWords } from "../words";
import type { Cell, Row } from "./fields";

interface RowsProps {
  cells: Cell[];
  most: number;
  /** The word on the button that adds one. */
  add: string;
  fresh: Row;
  value?: Row[];
  onChange?: (rows: Row[]) => void;
}

export function RowsInput({ cells, most, add, fresh, value = [], onChange }: RowsProps) {
  const { kit } = useWords();
  const set = (place: number, row: Row) => onChange?.(value.map((one, at) => (at === place ? row : one)));
  const swap = (place: number) =>
    onChange?.(
      value.map((one, at) => (at === place - 1 ? value[place] : at === place ? value[place - 1] : one) ?? one),
    );
  return (
    <div className="rows">
      {value.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name while it is typed
        <fieldset key={place} aria-label={`${add} ${place + 1}`}>
          {cells.map(cell => (
            // biome-ignore lint/a11y/noLabelWithoutControl: the input inside is its own
            <label key={cell.name}>
              <span className="muted">{cell.label}</span>
              <CellInput
                cell={cell}
                value={row[cell.name]}
                onChange={next => set(place, { ...row, [cell.name]: next })}
              />
            </label>
          ))}
          <Button type="text" disabled={place === 0} aria-label={kit.up} onClick={() => swap(place)}>
            ↑
          </Button>
          <Button
            type="text"
            danger
            aria-label={kit.remove}
            onClick={() => onChange?.(value.filter((_, at) => at !== place))}
          >
            ✕
          </Button>
        </fieldset>
      ))}
      <Button type="dashed" disabled={value.length >= most} onClick={() => onChange?.([...value, fresh])}>
        ＋ {add}
      </Button>
    </div>
  );
}

interface CellProps {
  cell: Cell;
  value: unknown;
  onChange: (next: unknown) => void;
}

function CellInput({ cell, value, onChange }: CellProps) {
  if (cell.kind === "switch") return <Switch checked={value === true} aria-label={cell.label} onChange={onChange} />;
  if (cell.kind === "choice") {
    return <Select value={value as string} aria-label={cell.label} options={cell.choices} onChange={onChange} />;
  }
  return (
    <Input
      value={(value as string | null) ?? ""}
      aria-label={cell.label}
      onChange={event => onChange(event.target.value || null)}
    />
  );
}
