import { expect, test } from "vitest";
import { withPage } from "./search";

test.each([
  ["order", "ord_01jd8x0e6vk3m9q5r7s2t4w6ya", "/orders/ord_01jd8x0e6vk3m9q5r7s2t4w6ya"],
  ["batch", "bat_01jd8x0e6vk3m9q5r7s2t4w6ya", "/batches/bat_01jd8x0e6vk3m9q5r7s2t4w6ya"],
  ["buyer", "byr_01jd8x0e6vk3m9q5r7s2t4w6ya", "/wallets/byr_01jd8x0e6vk3m9q5r7s2t4w6ya"],
])("a %s that was found has its page", (kind, id, path) =>
  expect(withPage({ kind, id, title: "x" })).toEqual([{ kind, id, title: "x", path }]),
);

test("a code has no page of its own", () =>
  expect(withPage({ kind: "code", id: "cod_01jd8x0e6vk3m9q5r7s2t4w6ya", title: "x" })).toEqual([]));
