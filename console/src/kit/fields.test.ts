import { expect, test } from "vitest";
import { blankToNull, changes, pathOf } from "./fields";

test("a field's path", () => {
  expect(pathOf("limits.per_order")).toEqual(["limits", "per_order"]);
  expect(pathOf("skus[0].price.amount")).toEqual(["skus", 0, "price", "amount"]);
  expect(pathOf("input.phone")).toEqual(["input", "phone"]);
});

test("only what changed is sent", () => {
  const before = { name: "A", limits: { a: 1 }, cost: "1.00" as string | null, more: undefined as string | undefined };
  expect(changes(before, { ...before, limits: { a: 1 } })).toEqual({});
  expect(changes(before, { ...before, cost: null, more: "x" })).toEqual({ cost: null, more: "x" });
  expect(changes({ a: null as string | null }, { a: undefined as unknown as null })).toEqual({});
});

test("an emptied field holds nothing, at any depth", () => {
  const typed = {
    name: "A",
    en: { name: "", guide: [""] },
    limits: { per_order: 0 },
    file: new Blob(["x"]),
    on: false,
  };
  expect(blankToNull(typed)).toEqual({ ...typed, en: { name: null, guide: [null] } });
});
