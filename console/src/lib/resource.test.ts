import { expect, test } from "vitest";
import {
  bodyOf,
  differences,
  fieldOf,
  fieldsOf,
  groupsOf,
  isList,
  type Kind,
  type ResourceField,
  type Schema,
  shown,
  titleOf,
} from "./resource";
import fixture from "./resource.fixture.json";

const [places, offers] = fixture.data as unknown as [Kind, Kind];
const reference = (field: ResourceField) =>
  ({ kind: "own", name: field.name, label: "→", input: field.refers_to }) as const;
const fields = (kind: Kind) => kind.fields.map(field => fieldOf(kind, field, "zh", reference, "••••ngth"));

test("a kind's form follows from what it says of itself", () => {
  expect(fields(places)).toEqual([
    { kind: "text", name: "code", label: "编码", required: true, max: 40 },
    { kind: "text", name: "name", label: "名称", required: true, max: 200 },
    { kind: "integer", name: "seats", label: "座位数", required: false, min: 1 },
  ]);
  expect(fields(offers)).toEqual([
    { kind: "text", name: "name", label: "名称", required: true, max: 200 },
    { kind: "own", name: "place", label: "→", input: "sample_place" },
    { kind: "integer", name: "percent", label: "折扣", required: true, min: 1, max: 90 },
    { kind: "secret", name: "secret", label: "密钥", required: false, hint: "••••ngth" },
  ]);
  expect(groupsOf(offers).map(([name, fields]) => [name, fields.length])).toEqual([
    ["main", 3],
    ["access", 1],
  ]);
});

test.each<[string, Schema, string]>([
  ["switch", { type: "boolean" }, "switch"],
  ["text", { oneOf: [{ type: "null" }, { type: "string", format: "date-time" }] }, "time"],
  ["text", { enum: ["a", "b"] }, "choice"],
  ["text", { oneOf: [{ const: "a" }, { const: "b" }] }, "choice"],
  ["text", { type: "array", items: { type: "string" } }, "lines"],
  ["text", { type: "array", items: { type: "object" } }, "json"],
  ["text", { $ref: "#/$defs/Money" }, "money"],
  ["text", { type: "object", properties: { x: {} } }, "json"],
  ["prose", { type: ["string", "null"] }, "long"],
  ["colour", { type: "string" }, "colour"],
  ["date", { type: "string" }, "date"],
])("%s of %j", (widget, property, kind) => {
  const Money = { type: "object", properties: { amount: {}, currency: {} } };
  const schema = { properties: { f: property }, $defs: { Money } };
  const field = {
    name: "f",
    words: { zh: "", en: "" },
    order: 1,
    group: "main",
    widget,
    key: false,
    unique: false,
    secret: false,
    refers_to: null,
  };
  expect(fieldOf({ ...places, schema, fields: [field] }, field, "en", reference, "").kind).toBe(kind);
});

test("what is sent", () => {
  expect(bodyOf(offers, { name: "A", secret: "", percent: 5, id: "x", more: 1 }, true)).toEqual({
    name: "A",
    percent: 5,
  });
  expect(bodyOf(places, { seats: null }, false)).toEqual({ seats: null });
  expect(bodyOf(places, { code: "P", seats: null }, true)).toEqual({ code: "P" });
  expect(bodyOf(offers, { secret: "new" }, false)).toEqual({ secret: "new" });
});

test("what became another", () => {
  const before = { id: "a", version: 1, name: "A", seats: 4 };
  expect(differences(before, { ...before, version: 2, name: "B", seats: 4 })).toEqual([
    { name: "name", before: "A", after: "B" },
  ]);
  expect(differences({ seats: null }, {})).toEqual([]);
});

test("how values and names read", () => {
  expect([shown(null), shown(0), shown(true), shown({ hint: "ngth" }), shown(["a"])]).toEqual([
    "–",
    "0",
    "true",
    "••••ngth",
    '["a"]',
  ]);
  expect(titleOf(places, { id: "spl_1", code: "P-001", name: "店" })).toBe("店");
  expect(titleOf(undefined, { id: "spl_1" })).toBe("spl_1");
});

test("a list of words of which only some may stand in it is chosen from", () => {
  const field = { ...places.fields[0], name: "f", widget: "choice" } as ResourceField;
  const of = (items: Schema) =>
    ({ ...places, schema: { properties: { f: { type: "array", items } } } }) as unknown as Kind;
  const known = () => [{ value: "a", label: "甲" }];
  const shown = (items: Schema, words?: typeof known) => fieldOf(of(items), field, "zh", reference, "", words);
  expect(shown({ type: "string" })).toMatchObject({ kind: "lines" });
  expect(shown({ type: "string" }, known)).toMatchObject({ kind: "choices", choices: known() });
  const both = [...known(), { value: "b", label: "b" }];
  expect(shown({ type: "string", enum: ["a", "b"] }, known)).toMatchObject({ kind: "choices", choices: both });
  expect(isList(of({ type: "string" }), field)).toBe(true);
});

test("a text in both languages is asked in both, in as many lines as it may have", () => {
  const kind = {
    ...places,
    schema: {
      properties: { greeting: { $ref: "#/$defs/Message" }, name: { $ref: "#/$defs/Name" } },
      $defs: {
        Message: { properties: { zh: { type: ["string", "null"], maxLength: 500 }, en: { maxLength: 500 } } },
        Name: { properties: { zh: { maxLength: 40 }, en: { maxLength: 40 } } },
      },
    },
  };
  const of = (name: string) => {
    const field: ResourceField = { ...(places.fields[0] as ResourceField), name, widget: "words" };
    return fieldsOf(field, fieldOf(kind, field, "zh", reference, ""), kind.schema, language => `(${language})`);
  };
  expect(of("greeting")).toEqual([
    { kind: "long", name: "greeting.zh", label: "编码(zh)", max: 500 },
    { kind: "long", name: "greeting.en", label: "编码(en)", max: 500 },
  ]);
  expect(of("name").map(({ kind }) => kind)).toEqual(["text", "text"]);
});
