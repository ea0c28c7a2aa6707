import { expect, test } from "vitest";
import zh from "../words/zh";
import { validOf, validOfTerms } from "./validity";

const ZONE = "Asia/Shanghai";
const at = "2026-11-30T02:00:00Z";
const until = "2026-12-30T02:00:00Z";
const later = "2026-12-01T00:00:00Z";

test.each([
  [{ created_at: at, valid_from: at, valid_until: until }, "2026-12-30 10:00 前有效"],
  [{ created_at: at, valid_from: at, valid_until: null }, "长期有效"],
  [{ created_at: at, valid_from: later, valid_until: until }, "2026-12-01 08:00 至 2026-12-30 10:00"],
  [{ created_at: at, valid_from: later, valid_until: null }, "2026-12-01 08:00 起长期有效"],
])("one that was delivered: %o", (one, text) => expect(validOf(one, ZONE, zh)).toBe(text));

test.each([
  [{ valid: "ever", validity: { days: 30 } } as const, "长期有效"],
  [{ valid: "days", validity: { days: 30 } } as const, "发放后 30 天内有效"],
  [{ valid: "between", validity: { from: later } } as const, "2026-12-01 08:00 至 …"],
])("a template: %o", (form, text) => expect(validOfTerms(form, ZONE, zh)).toBe(text));
