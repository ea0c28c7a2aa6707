import { expect, test } from "vitest";
import type { CodeImport } from "../api/types";
import { importAlarms } from "./today";

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
