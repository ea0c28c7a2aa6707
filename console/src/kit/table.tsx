/** Rows of a list: a table, and on a phone a card a row. */

import type { ReactNode } from "react";
import { useWords } from "../words";

interface TableColumn<T> {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  number?: boolean;
  sort?: boolean;
}

interface TableProps<T> {
  rows: T[];
  id: (row: T) => string;
  columns: TableColumn<T>[];
  /** The column that orders them, with `-` before it when downwards. */
  sort?: string | undefined;
  order?: (key: string) => void;
  chosen?: ReadonlySet<string>;
  choose?: (next: ReadonlySet<string>) => void;
}

export function Table<T>({ rows, id, columns, sort, order, chosen, choose }: TableProps<T>) {
  const { kit } = useWords();
  const all = rows.map(id);
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    choose?.(next);
  };
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            {choose && (
              <th scope="col" className="pick">
                <input
                  type="checkbox"
                  aria-label={kit.selectAll}
                  checked={all.every(key => chosen?.has(key))}
                  onChange={event => choose(new Set(event.target.checked ? all : []))}
                />
              </th>
            )}
            {columns.map(column => (
              <th
                key={column.key}
                scope="col"
                className={column.number ? "right" : undefined}
                aria-sort={sorted(sort, column.key)}
              >
                {column.sort && order ? (
                  <button type="button" onClick={() => order(column.key)} title={kit.sortBy(column.title)}>
                    {column.title} {arrow(sort, column.key)}
                  </button>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={id(row)} className={chosen?.has(id(row)) ? "chosen" : undefined}>
              {choose && (
                <td className="pick">
                  <input
                    type="checkbox"
                    aria-label={kit.selectRow}
                    checked={!!chosen?.has(id(row))}
                    onChange={() => toggle(id(row))}
                  />
                </td>
              )}
              {columns.map(column => (
                <td key={column.key} data-title={column.title} className={column.number ? "right" : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sorted(sort: string | undefined, key: string) {
  if (sort === key) return "ascending";
  return sort === `-${key}` ? "descending" : undefined;
}

function arrow(sort: string | undefined, key: string) {
  if (sort === key) return "↑";
  return sort === `-${key}` ? "↓" : "↕";
}
