import { expect, test } from "vitest";
import type { Redemption } from "../api/types";
import zh from "../words/zh";
import { byDay, dayCsv, readDay, sumOf } from "./store-day";

const one = (id: string, at: string, more: Partial<Redemption> = {}) =>
  ({ id, at, sku: "sku_films", voucher: `vch_${id}`, taken: 1, remaining: 2, ...more }) as Redemption;

const yuan = (amount: number) => ({ amount, currency: "CNY" as const });
const BACK = "2026-11-30T05:00:00Z";

const DAY = [
  one("5", "2026-11-30T04:04:00Z", { sku: "sku_money", taken: yuan(1200) }),
  one("4", "2026-11-30T04:03:00Z", { sku: "sku_money", taken: yuan(3550) }),
  one("3", "2026-11-30T04:02:00Z", { taken: 2, reversed_at: BACK }),
  one("2", "2026-11-30T04:01:00Z", { taken: 3 }),
  one("1", "2026-11-30T04:00:00Z"),
];

test("sums by SKU, without what was taken back", () => {
  expect(byDay(DAY)).toEqual([
    { sku: "sku_money", times: 2, uses: 0, money: [yuan(4750)], reversed: 0 },
    { sku: "sku_films", times: 2, uses: 4, money: [], reversed: 1 },
  ]);
  expect(sumOf(DAY)).toEqual({ times: 4, uses: 4, money: [yuan(4750)], reversed: 1 });
});

const pagesOf = (pages: Redemption[][]) => {
  let asked = 0;
  const load = async (after: string | undefined) => {
    asked += 1;
    const place = Number(after ?? 0);
    return { data: pages[place] ?? [], next: place + 1 < pages.length ? String(place + 1) : null };
  };
  return { load, asked: () => asked };
};

const WINDOW = { from: "2026-11-29T16:00:00Z", to: "2026-11-30T16:00:00Z" };
const next = one("9", "2026-11-30T16:00:00Z");
const first = one("0", "2026-11-29T16:00:00Z");
const before = one("-", "2026-11-29T15:59:59Z");

test("a day begins and ends where it does, and no page behind it is asked for", async () => {
  const { load, asked } = pagesOf([[next, ...DAY], [first, before], [before]]);
  expect((await readDay(load, WINDOW)).redemptions.map(({ id }) => id)).toEqual(["5", "4", "3", "2", "1", "0"]);
  expect(asked()).toBe(2);
});

test("a day too far back says that it is not whole", async () => {
  const { load, asked } = pagesOf(Array.from({ length: 40 }, () => [next]));
  expect(await readDay(load, WINDOW)).toEqual({ redemptions: [], cut: 25 });
  expect(asked()).toBe(25);
});

test("the file has a row a redemption, in their order of time", () => {
  const place = { zone: "Asia/Shanghai", store: "徐家汇店", nameOf: (sku: string) => sku };
  expect(dayCsv({ redemptions: DAY.slice(1, 4) }, place, zh).split("\r\n")).toEqual([
    "时间,门店,规格,核销次数,核销金额,币种,撤销时间,券,核销",
    "2026-11-30 12:01:00,徐家汇店,sku_films,3,,,,vch_2,2",
    "2026-11-30 12:02:00,徐家汇店,sku_films,2,,,2026-11-30 13:00:00,vch_3,3",
    "2026-11-30 12:03:00,徐家汇店,sku_money,,35.50,CNY,,vch_4,4",
    "",
  ]);
});
