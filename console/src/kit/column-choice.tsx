/** Which columns of a list a person wants to see; kept in the browser. */

import { Button, Checkbox, Popover } from "antd";
import { useState } from "react";
import { useWords } from "../words";

interface Named {
  key: string;
  title: string;
  extra?: boolean;
}

const keyOf = (list: string) => `tessera.columns.${list}`;

/** The columns that are shown, and how to choose others. Only what differs from the list's own choice is kept. */
export function useColumns(list: string, columns: readonly Named[]): [ReadonlySet<string>, (key: string) => void] {
  const [toggled, setToggled] = useState<string[]>(() => read(list));
  const shown = columns.filter(({ key, extra }) => toggled.includes(key) === !!extra).map(({ key }) => key);
  const toggle = (key: string) => {
    const next = toggled.includes(key) ? toggled.filter(one => one !== key) : [...toggled, key];
    localStorage.setItem(keyOf(list), JSON.stringify(next));
    setToggled(next);
  };
  return [new Set(shown), toggle];
}

function read(list: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(list)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(key => typeof key === "string") : [];
  } catch {
    return [];
  }
}

interface ChoiceProps {
  columns: readonly Named[];
  shown: ReadonlySet<string>;
  choose: (key: string) => void;
}

export function ColumnChoice({ columns, shown, choose }: ChoiceProps) {
  const { kit } = useWords();
  const boxes = (
    <div className="column-choice">
      {columns.map(({ key, title }) => (
        <Checkbox
          key={key}
          checked={shown.has(key)}
          disabled={shown.size === 1 && shown.has(key)}
          onChange={() => choose(key)}
        >
          {title}
        </Checkbox>
      ))}
    </div>
  );
  return (
    <Popover content={boxes} trigger="click" placement="bottomRight">
      <Button>{kit.columns}</Button>
    </Popover>
  );
}
