import { expect, test } from "vitest";
import type { Order } from "../api/types";
import { isReference, outcomeOf, referenceOf, standingOf } from "./bank-transfer";

const yuan = (amount: number) => ({ amount, currency: "CNY" as const });

test("what comes is for an order that waits, is over, or is paid", () => {
  const order = (state: Order["state"], closed: Order["closed"] = null) => standingOf({ state, closed });
  expect(order("pending_payment")).toBe("waits");
  expect(order("cancelled", "expired")).toBe("over");
  expect([order("delivered"), order("partially_refunded"), order("refunded")]).toEqual(["paid", "paid", "paid"]);
});

test("what follows is told for every amount", () => {
  const all = (standing: Parameters<typeof outcomeOf>[0]) =>
    [999, 1000, 1001].map(came => outcomeOf(standing, yuan(1000), yuan(came)));
  expect(all("waits")).toEqual(["short", "goods", "more"]);
  expect(all("over")).toEqual(["shortOver", "late", "lateMore"]);
  expect(all("paid")).toEqual(["twice", "twice", "twice"]);
});

test("a reference is taken as banks write it", () => {
  expect(referenceOf(" 2026 1130 ００１７\t")).toBe("202611300017");
  expect(["ICBC-2026/17", "x".repeat(64)].map(isReference)).toEqual([true, true]);
  expect(["", "工行17", "x".repeat(65)].map(isReference)).toEqual([false, false, false]);
});
