import { expect, test } from "vitest";
import type { Account } from "../api/types";
import { liabilityOf } from "./liability";

let n = 0;
const account = (kind: Account["kind"], owner: string, balance: string, unit: string) => {
  n += 1;
  return { id: `acc_${n}`, kind, owner, balance, held: "0", unit } as Account;
};

test("accounts of vouchers by SKU, the most that is unused first; others are none of it", () => {
  const { unearned, rows } = liabilityOf([
    account("wallet", "byr_1", "9999.00", "CNY"),
    account("granted", "sku_films", "-45", "sku_films"),
    account("redeemed", "sku_films", "5", "sku_films"),
    account("outstanding", "sku_films", "40", "sku_films"),
    account("outstanding", "sku_money", "52.5000", "CNY"),
    account("lapsed", "sku_money", "47.5000", "CNY"),
    account("unearned", "mer_1", "79.2000", "CNY"),
  ]);
  expect(unearned).toEqual([{ id: "acc_7", amount: "79.2000", unit: "CNY" }]);
  expect(rows.map(({ sku }) => sku)).toEqual(["sku_money", "sku_films"]);
  expect(rows[1]).toEqual({
    sku: "sku_films",
    unit: "sku_films",
    granted: { id: "acc_2", amount: "45", unit: "sku_films" },
    redeemed: { id: "acc_3", amount: "5", unit: "sku_films" },
    outstanding: { id: "acc_4", amount: "40", unit: "sku_films" },
  });
});
