import { expect, test } from "vitest";
import { type ApiDocument, byTag, operationsOf } from "./reference";

const DOCUMENT: ApiDocument = {
  info: { version: "1" },
  paths: {
    "/v1/orders": {
      post: { operationId: "place_order", summary: "Place an\norder. It is kept.", tags: ["orders"] },
      get: { operationId: "list_orders", description: "Orders.\nMore.", tags: ["orders"] },
    },
    "/v1/skus/{id}": { get: { operationId: "read_sku", summary: "One SKU.", tags: ["catalog"] } },
  },
};

test("operations stand by path and method, each with a line of words", () =>
  expect(operationsOf(DOCUMENT).map(({ method, path, summary }) => [method, path, summary])).toEqual([
    ["GET", "/v1/orders", "Orders"],
    ["POST", "/v1/orders", "Place an\norder"],
    ["GET", "/v1/skus/{id}", "One SKU."],
  ]));

test.each([
  ["", ["list_orders", "place_order", "read_sku"]],
  ["post ORDER", ["place_order"]],
  ["sku", ["read_sku"]],
  ["nothing", []],
])("%j finds %j", (text, ids) =>
  expect(byTag(operationsOf(DOCUMENT), text).flatMap(([, all]) => all.map(({ id }) => id))).toEqual(ids),
);
