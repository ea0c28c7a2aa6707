import { expect, test } from "vitest";
import { count, decimal, parsed, plain, share, sums, written } from "./money";

test.each([
  [0, "CNY", "0.00", "¥0.00"],
  [5, "CNY", "0.05", "¥0.05"],
  [1990, "CNY", "19.90", "¥19.90"],
  [-123456789, "CNY", "-1234567.89", "−¥1,234,567.89"],
  [1000, "JPY", "1000", "JP¥1,000"],
  [9007199254740991, "USD", "90071992547409.91", "US$90,071,992,547,409.91"],
] as const)("%i %s", (amount, currency, inField, onPage) => {
  expect(plain({ amount, currency })).toBe(inField);
  expect(written({ amount, currency })).toBe(onPage);
  expect(parsed(inField, currency)).toEqual({ amount, currency });
  expect(parsed(onPage.replace("−", "-"), currency)).toEqual({ amount, currency });
});

test.each([
  ["19.9", 1990],
  [" ¥ 1,299 ", 129900],
  ["１９．９０元", 1990],
  [".5", 50],
  ["0.1", 10],
  ["1.005", undefined],
  ["", undefined],
  [".", undefined],
  ["1.2.3", undefined],
  ["1e3", undefined],
  ["abc", undefined],
  ["99999999999999999", undefined],
] as const)("typed %s", (typed, amount) => {
  expect(parsed(typed, "CNY")?.amount).toBe(amount);
});

test("no yen has a part", () => expect(parsed("10.5", "JPY")).toBeUndefined());

test("sums stand apart by currency", () => {
  const all = [
    { amount: 10, currency: "CNY" },
    { amount: 1, currency: "USD" },
    { amount: 20, currency: "CNY" },
  ] as const;
  expect(sums(all)).toEqual([
    { amount: 30, currency: "CNY" },
    { amount: 1, currency: "USD" },
  ]);
});

test.each([
  [990, 95, 941],
  [1, 49, 0],
  [1, 50, 1],
  [12_800, 100, 12_800],
  [333, 110, 366],
] as const)("%i fen × %i %%", (amount, percent, wanted) => {
  expect(share({ amount, currency: "CNY" }, percent)).toEqual({ amount: wanted, currency: "CNY" });
});

test("the ledger's texts and counts", () => {
  expect(decimal("-1234567.5000")).toBe("−1,234,567.5");
  expect(decimal("18.5025")).toBe("18.5025");
  expect(decimal("50")).toBe("50");
  expect(count(1000000)).toBe("1,000,000");
});
