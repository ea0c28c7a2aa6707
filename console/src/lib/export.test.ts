import { expect, test } from "vitest";
import { columnsFor, type ExportList, exportedBy } from "./export";

const ORDERS: ExportList = {
  list: "orders",
  path: "/v1/orders",
  filter: ["state", "sort", "created_from"],
  columns: ["id", "number", "state", "total", "total.currency", "lines.sku", "lines.quantity", "buyer.id", "totals"],
};
const ENTRIES: ExportList = {
  list: "accounts.entries",
  path: "/v1/accounts/{id}/entries",
  filter: ["id"],
  columns: [],
};
const LISTS = [ORDERS, ENTRIES];

test("a list goes with its filters and its order, and without the place of the page", () =>
  expect(exportedBy("/v1/orders?limit=20&after=x&state=paid&sort=-amount", LISTS)).toEqual({
    of: ORDERS,
    filter: { state: "paid", sort: "-amount" },
  }));

test("ids of the path are filters", () =>
  expect(exportedBy("https://here.example/v1/accounts/acc_1/entries?limit=20", LISTS)?.filter).toEqual({
    id: "acc_1",
  }));

test.each(["/v1/orders/ord_1", "/v1/other", "/v1/accounts/acc_1"])("%s is no list", url =>
  expect(exportedBy(url, LISTS)).toBeUndefined(),
);

test("columns stand as they are shown, money with its currency, objects with all that is in them", () =>
  expect(
    columnsFor(
      [{ key: "number" }, { key: "goods", fields: ["lines"] }, { key: "amount", fields: ["total"] }, { key: "acts" }],
      ORDERS.columns,
    ),
  ).toEqual(["number", "lines.sku", "lines.quantity", "total", "total.currency"]));
