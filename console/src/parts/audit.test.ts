import { expect, test } from "vitest";
import type { AuditEntry } from "../api/types";
import { reasonOf } from "./audit";

const entry = (reason: string | null, data: object) => ({ reason, data }) as Pick<AuditEntry, "reason" | "data">;

test("the reason is found beside a fact or inside of it", () => {
  expect(reasonOf(entry("a", {}))).toBe("a");
  expect(reasonOf(entry(null, { kind: "refund.made", refund: { reason: "b" }, lines: [], none: null }))).toBe("b");
  expect(reasonOf(entry(null, { refund: { reason: null } }))).toBeUndefined();
});
