import { expect, test } from "vitest";
import type { ProductFile } from "../api/product-files";
import { canApply, problemsCsv, rowsTold } from "./product-file";

const coming = { rows: [2], id: null, name: "会员", skus: 1 };
const file = (more: Partial<ProductFile> = {}): ProductFile => ({
  applied: false,
  rows: 3,
  columns: [],
  products: [coming, { ...coming, rows: [3] }],
  errors: [],
  ...more,
});
const bad = { row: 5, column: "售价", code: "rule", detail: "不是金额" };

test("a file with problems is applied only when they are left out, and one without anything new never", () => {
  expect(canApply(file(), false)).toBe(true);
  expect(canApply(file({ errors: [bad] }), false)).toBe(false);
  expect(canApply(file({ errors: [bad] }), true)).toBe(true);
  expect(canApply(file({ products: [] }), true)).toBe(false);
});

test("rows that follow each other are told together, and many by the first of them", () => {
  expect(rowsTold([4, 2, 3, 7])).toEqual({ text: "2–4, 7", all: true });
  expect(rowsTold([2])).toEqual({ text: "2", all: true });
  expect(rowsTold([1, 3, 5, 7, 9, 11])).toEqual({ text: "1, 3, 5, 7", all: false });
});

test("the list of problems is in the order of rows, quoted, and nothing in it is computed", () => {
  const errors = [
    bad,
    { ...bad, row: 2, column: null, detail: 'a "b", c' },
    { ...bad, row: 3, column: "=1+1", detail: "+x\ny" },
  ];
  expect(problemsCsv({ errors }, ["行", "列", "问题"])).toBe(
    '行,列,问题\r\n2,,"a ""b"", c"\r\n3,\'=1+1,"\'+x\ny"\r\n5,售价,不是金额\r\n',
  );
});
