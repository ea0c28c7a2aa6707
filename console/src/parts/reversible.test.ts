import { expect, test } from "vitest";
import { reversible } from "./reversible";

const at = "2026-11-30T10:00:00Z";

test.each([
  ["2026-11-30T10:00:01Z", null, true],
  ["2026-12-01T09:59:59Z", null, true],
  ["2026-12-01T10:00:00Z", null, false],
  ["2026-11-30T10:00:02Z", "2026-11-30T10:00:01Z", false],
])("at %s, taken back at %s: %s", (now, reversed_at, is) =>
  expect(reversible({ at, reversed_at }, new Date(now))).toBe(is),
);
