/**
 * Kinds of resources as the API describes them, and the forms and tables that follow from that. A kind that nobody
 * here has ever heard of is shown by what it says of itself.
 */

import type { Currency, Money } from "../api/types";
import type { Choice, Field } from "../kit/fields";

export interface WordPair {
  zh: string;
  en: string;
}

export interface ResourceField {
  name: string;
  words: WordPair;
  order: number;
  group: string;
  widget: string;
  key: boolean;
  unique: boolean;
  secret: boolean;
  refers_to: string | null;
}

export interface Schema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  description?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

export interface Kind {
  kind: string;
  plural: string;
  prefix: string;
  /** There is one in each mode, which has no list. */
  single: boolean;
  /** Only people have its scopes. */
  of_people: boolean;
  /** What can be done with it, such as `list` and `create`. */
  operations: string[];
  read: string;
  write: string;
  schema: Schema;
  words: WordPair;
  fields: ResourceField[];
  sample: Record<string, unknown>;
}

/** A resource, whatever its kind. */
export type Resource = Record<string, unknown> & {
  id: string;
  version: number;
  edited_at: string;
  archived_at: string | null;
};

export type Version = Resource & { by: string | null };

export const inOrder = (kind: Kind): ResourceField[] => kind.fields.toSorted((a, b) => a.order - b.order);

export function groupsOf(kind: Kind): [string, ResourceField[]][] {
  const groups = new Map<string, ResourceField[]>();
  for (const field of inOrder(kind)) groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
  return [...groups];
}

/** A schema without the ways around it: references followed, null left out. */
export function plainSchema(schema: Schema | undefined, whole: Schema): Schema {
  if (!schema) return {};
  if (schema.$ref) return plainSchema(whole.$defs?.[schema.$ref.split("/").at(-1) ?? ""], whole);
  const one = (schema.oneOf ?? schema.anyOf)?.filter(item => item.type !== "null");
  if (one?.length === 1 || schema.allOf?.length === 1) return plainSchema(one?.[0] ?? schema.allOf?.[0], whole);
  return schema;
}

const typeIs = ({ type }: Schema, wanted: string): boolean => [type].flat().includes(wanted);

/** The words that may stand in a field, where only some may. */
function wordsOf(schema: Schema): string[] | undefined {
  const consts = schema.oneOf?.map(item => item.const ?? item.enum?.[0]);
  const all = schema.enum ?? (consts?.every(value => typeof value === "string") ? consts : undefined);
  return all?.filter(value => typeof value === "string");
}

/** Fields that hold an amount as a bare number of minor units, which nobody should have to count. */
const MINOR = new Set(["refund_up_to", "refund_above", "credit_above", "transfer_above"]);

/** The money that a value of a field is; nothing where it is none. */
export const minorOf = (name: string, value: unknown): Money | undefined =>
  MINOR.has(name) && typeof value === "number" ? { amount: value, currency: "CNY" } : undefined;

/** Whether a field of a kind holds several values. */
export const isList = (kind: Kind, field: ResourceField): boolean =>
  typeIs(plainSchema(kind.schema.properties?.[field.name], kind.schema), "array");

/** A field of a form; `reference` makes the input for what names another resource, `known` the values that have words. */
export function fieldOf(
  kind: Kind,
  field: ResourceField,
  language: "zh" | "en",
  reference: (field: ResourceField) => Field,
  secretHint: string,
  known: (name: string) => Choice[] = () => [],
): Field {
  const schema = plainSchema(kind.schema.properties?.[field.name], kind.schema);
  const required = (kind.schema.required ?? []).includes(field.name) && !field.secret;
  const asked = { name: field.name, label: field.words[language], required };
  if (field.secret || field.widget === "secret") return { ...asked, kind: "secret", hint: secretHint };
  if (field.refers_to) return reference(field);
  if (MINOR.has(field.name)) return { ...asked, kind: "minor", currency: "CNY" };
  if (field.widget === "colour") return { ...asked, kind: "colour" };
  const words = wordsOf(schema);
  const named = (value: string): Choice =>
    known(field.name).find(one => one.value === value) ?? { value, label: value };
  if (words) return { ...asked, kind: "choice", choices: words.map(named) };
  const several = severalOf(schema, known(field.name));
  return several ? { ...asked, ...several } : { ...asked, ...byType(schema, field.widget) };
}

/** The fields of a form for one of a kind: a text in both languages has one for each; `aside` adds what a label is about. */
export function fieldsOf(
  field: ResourceField,
  one: Field,
  schema: Schema,
  aside: (language: "zh" | "en") => string,
): Field[] {
  if (field.widget !== "words") return [one];
  const whole = plainSchema(schema.properties?.[field.name], schema);
  return (["zh", "en"] as const).map(language => {
    const { maxLength: max } = plainSchema(whole.properties?.[language], schema);
    const asked = { name: `${field.name}.${language}`, label: one.label + aside(language), ...(max && { max }) };
    return { ...asked, kind: !max || max > LINE_CHARS_MAX ? "long" : "text" };
  });
}

/** What is longer has several lines. */
const LINE_CHARS_MAX = 200;

/** The choices of a list of words of which only some may stand in it. */
function severalOf(schema: Schema, known: Choice[]): { kind: "choices"; choices: Choice[] } | undefined {
  if (!typeIs(schema, "array") || !schema.items || !typeIs(schema.items, "string")) return undefined;
  const words = wordsOf(schema.items);
  const named = (value: string): Choice => known.find(one => one.value === value) ?? { value, label: value };
  const choices = words ? words.map(named) : known;
  return choices.length > 0 ? { kind: "choices", choices } : undefined;
}

type Typed = Pick<Field, "kind"> & Record<string, unknown>;

function byType(schema: Schema, widget: string): Field {
  return typed(schema, widget) as unknown as Field;
}

function typed(schema: Schema, widget: string): Typed {
  const range = {
    ...(schema.minimum !== undefined && { min: schema.minimum }),
    ...(schema.maximum !== undefined && { max: schema.maximum }),
  };
  if (typeIs(schema, "boolean")) return { kind: "switch" };
  if (typeIs(schema, "integer")) return { kind: "integer", ...range };
  if (isMoney(schema)) return { kind: "money", currency: "CNY" satisfies Currency };
  if (typeIs(schema, "array"))
    return schema.items && typeIs(schema.items, "string") ? { kind: "lines" } : { kind: "json" };
  if (schema.format === "date-time") return { kind: "time" };
  if (schema.format === "date" || widget === "date") return { kind: "date" };
  if (typeIs(schema, "string"))
    return { kind: widget === "prose" ? "long" : "text", ...(schema.maxLength && { max: schema.maxLength }) };
  return { kind: "json" };
}

const isMoney = ({ properties }: Schema): boolean =>
  !!properties?.amount && !!properties.currency && Object.keys(properties).length === 2;

/** What a resource is called: its name, its code, or its first text. */
export function titleOf(kind: Kind | undefined, one: Record<string, unknown>): string {
  const names = ["name", "title", "code", ...(kind ? inOrder(kind).map(field => field.name) : [])];
  const found = names.map(name => one[name]).find(value => typeof value === "string" && value !== "");
  return typeof found === "string" ? found : String(one.id ?? "");
}

/** A value as one line. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "object") {
    const { hint } = value as { hint?: unknown };
    return typeof hint === "string" ? `••••${hint}` : JSON.stringify(value);
  }
  return String(value);
}

export interface Difference {
  name: string;
  before: unknown;
  after: unknown;
}

const OUTSIDE = new Set(["id", "version", "created_at", "edited_at", "archived_at", "by"]);

/** What became another between two versions. */
export function differences(before: Record<string, unknown>, after: Record<string, unknown>): Difference[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)].filter(name => !OUTSIDE.has(name)));
  return [...names]
    .filter(name => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null))
    .map(name => ({ name, before: before[name], after: after[name] }));
}

/** The body to send: changed fields, null for what was emptied; a secret that was not typed is not sent. */
export function bodyOf(kind: Kind, changed: Record<string, unknown>, fresh: boolean): Record<string, unknown> {
  const secrets = new Set(kind.fields.filter(field => field.secret).map(field => field.name));
  const known = new Set(kind.fields.map(field => field.name));
  const sent = Object.entries(changed).filter(([name, value]) => known.has(name) && !(secrets.has(name) && !value));
  return Object.fromEntries(fresh ? sent.filter(([, value]) => value !== null && value !== undefined) : sent);
}
