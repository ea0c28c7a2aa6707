import { expect, test } from "vitest";
import { change, nextSort, readQuery, readWanted, writeQuery } from "./address";

test("texts come back as they went", () => {
  const query = { external_id: "A&B =1/2", sort: "-name", state: "未付" };
  expect(readQuery(writeQuery(query))).toEqual(query);
});

test("nothing is not written", () => {
  expect(writeQuery({ a: "", b: undefined, c: null })).toBe("");
  expect(readQuery("?a=&b=1")).toEqual({ b: "1" });
});

test("numbers and quotes stay texts", () =>
  expect(readQuery('?a=1&b="x"&c=true')).toEqual({ a: "1", b: '"x"', c: "true" }));

test("a list takes its own filters alone", () => {
  const query = { state: "paid", phone: "13800000000", sort: "-at", after: "c1" };
  expect(readWanted(query, ["state"])).toEqual({ filters: { state: "paid" }, sort: "-at", after: "c1" });
  expect(readWanted({}, ["state"])).toEqual({ filters: {} });
});

test("a change goes back to the first page", () => {
  expect(change({ state: "paid", after: "c1" }, { state: undefined, sort: "name" })).toEqual({ sort: "name" });
});

test("a column's order goes round", () => {
  expect(nextSort(undefined, "name")).toBe("name");
  expect(nextSort("name", "name")).toBe("-name");
  expect(nextSort("-name", "name")).toBeUndefined();
  expect(nextSort("-at", "name")).toBe("name");
});
