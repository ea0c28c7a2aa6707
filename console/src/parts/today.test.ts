import { expect, test } from "vitest";
import type { CodeImport, Order } from "../api/types";
import { importAlarms, today } from "./today";

const yuan = (amount: number) => ({ amount, currency: "CNY" as const });
const order = (created_at: string, state: Order["state"], received: number, returned = 0) =>
  ({ created_at, state, received: yuan(received), returned: yuan(returned) }) as Order;
const now = new Date("2026-11-29T17:00:00Z"); // the 30th in Shanghai
const newest = [
  order("2026-11-29T16:59:00Z", "delivered", 1990),
  order("2026-11-29T16:30:00Z", "pending_payment", 0),
  order("2026-11-29T16:10:00Z", "refunded", 500, 500),
  order("2026-11-29T15:59:59Z", "delivered", 70000),
];

test("today is that of the shop's zone", () => {
  const seen = { orders: 3, received: [yuan(2490)], refunded: [yuan(500)], waiting: 1, delivered: 1, more: false };
  expect(today(newest, "Asia/Shanghai", now, true)).toEqual(seen);
  expect(today(newest, "UTC", now, false).orders).toBe(4);
});

test("when all that was looked at is of today there may be more", () => {
  expect(today(newest.slice(0, 3), "Asia/Shanghai", now, true).more).toBe(true);
  expect(today(newest.slice(0, 3), "Asia/Shanghai", now, false).more).toBe(false);
});

test("imports that want somebody", () => {
  const open = [{ open: true }] as CodeImport["findings"];
  const one = (state: CodeImport["state"], more: Partial<CodeImport>) =>
    ({ state, findings: [], doubts_open: 0, ...more }) as CodeImport;
  const imports = [
    one("needs_decision", { findings: open, kept_until: "2026-12-06T00:00:00Z" }),
    one("failed", { findings: open }),
    one("failed", {}),
    one("done", { doubts_open: 2 }),
    one("done", {}),
  ];
  expect(importAlarms(imports)).toEqual({ questions: 1, doubts: 1, failed: 2 });
});
