/** What a form asks, as data: pages write it down, and forms of resources are made of the API's schema. */

import type { ReactNode } from "react";
import type { Currency } from "../api/types";

interface Asked {
  /** Where its value stands, with dots: `limits.per_order`. */
  name: string;
  label: string;
  help?: ReactNode;
  hint?: string;
  required?: boolean;
  disabled?: boolean;
}

export interface Choice {
  value: string;
  label: string;
  help?: string;
}

export type Row = Record<string, unknown>;

/** A cell of a short list of records. */
export interface Cell {
  name: string;
  label: string;
  kind: "text" | "choice" | "switch";
  choices?: Choice[];
}

export type Field = Asked &
  (
    | { kind: "text"; max?: number }
    | { kind: "long"; max?: number }
    | { kind: "secret" }
    | { kind: "pem" }
    | { kind: "percent" }
    | { kind: "lines"; most?: number }
    | { kind: "integer"; min?: number; max?: number; unit?: string }
    | { kind: "decimal"; unit?: string }
    | { kind: "money"; currency: Currency }
    | { kind: "minor"; currency: Currency }
    | { kind: "switch" }
    | { kind: "choice"; choices: Choice[] }
    | { kind: "choices"; choices: Choice[] }
    | { kind: "time" }
    | { kind: "date" }
    | { kind: "colour" }
    | { kind: "json" }
    | { kind: "rows"; cells: Cell[]; most: number; add: string; fresh: Row }
    | { kind: "own"; input: ReactNode }
  );

export interface Group {
  title: string;
  help?: ReactNode;
  fields: Field[];
}

/** Where a field's value stands, as a path; also of the API's way to name one: `skus[0].price`. */
export const pathOf = (name: string): (string | number)[] =>
  name
    .split(/[.[\]]+/)
    .filter(part => part !== "")
    .map(part => (/^\d+$/.test(part) ? Number(part) : part));

/** The top-level members that are not what they were; what was emptied is null, which takes it away. */
export function changes<V extends object>(before: V, after: V): Partial<V> {
  const was = before as Record<string, unknown>;
  const differs = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value ?? null) !== JSON.stringify(was[key] ?? null),
  );
  return Object.fromEntries(differs.map(([key, value]) => [key, value ?? null])) as Partial<V>;
}

/** A field that was emptied holds nothing, not a text without characters. */
export function blankToNull(value: unknown): unknown {
  if (value === "") return null;
  if (Array.isArray(value)) return value.map(blankToNull);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, blankToNull(one)]));
}
