import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PAGES } from "./pages";

const sources = import.meta.glob("./pages/*.tsx", { query: "?raw", import: "default", eager: true }) as Record<
  string,
  string
>;
const lines = (text: string) => text.split("\n").length - 1;
const having = (part: string) => Object.entries(sources).filter(([, text]) => text.includes(part));

test("a table page is short", () => {
  const tables = having("<ListPage");
  expect(tables.length).toBeGreaterThan(8);
  expect(tables.filter(([, text]) => lines(text) >= 60).map(([name, text]) => `${name}: ${lines(text)}`)).toEqual([]);
});

test("a form page is short", () => {
  const forms = having("<FormPage");
  expect(forms.length).toBeGreaterThan(5);
  expect(forms.filter(([, text]) => lines(text) >= 80).map(([name, text]) => `${name}: ${lines(text)}`)).toEqual([]);
});

test("every page is in the table, and no letter goes to two", () => {
  const table = readFileSync(new URL("./pages.ts", import.meta.url), "utf8");
  const files = Object.keys(sources).filter(name => !/(sign-in|link)\.tsx$/.test(name));
  expect(files.filter(name => !table.includes(`import("${name.replace(".tsx", "")}")`))).toEqual([]);
  const letters = PAGES.flatMap(({ menu }) => menu?.key ?? []);
  expect(new Set(letters).size).toBe(letters.length);
  expect(new Set(PAGES.map(({ path }) => path)).size).toBe(PAGES.length);
});
