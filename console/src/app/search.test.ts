import { expect, test } from "vitest";
import { isNumber, namesPerson } from "./search";

test.each([
  ["13800138000", true],
  ["+86 138 0013 8000", true],
  ["a@b.example", true],
  ["T20261129-0042", false],
  ["20261129", true],
  ["GX-8831", false],
])("%s may name a person: %s", (text, person) => expect(namesPerson(text)).toBe(person));

test.each([
  ["M8KB-0PE7-15GM", true],
  ["m8kb0pe715gm", true],
  ["M8KB-0PE7", false],
  ["T20261129-0042", false],
])("%s is an order's number: %s", (text, is) => expect(isNumber(text)).toBe(is));
