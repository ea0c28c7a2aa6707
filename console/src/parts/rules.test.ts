import { expect, test } from "vitest";
import en from "../words/en";
import zh from "../words/zh";
import { rulesOf } from "./rules";

test("days that follow each other are one part", () => {
  const hours = [
    { days: [1, 2, 3, 5, 7], from: "10:00", until: "14:00" },
    { days: [6], from: "09:00", until: "24:00" },
  ];
  const min_spend = { amount: 5000, currency: "CNY" as const };
  expect(rulesOf({ hours, min_spend }, zh)).toEqual([
    "周一–周三，周五，周日 10:00–14:00",
    "周六 09:00–24:00",
    "满 ¥50.00 可用",
  ]);
  expect(rulesOf({ hours: hours.slice(1), min_spend: null }, en)).toEqual(["Sat 09:00–24:00"]);
});

test("without any it is redeemed whenever it is valid", () => expect(rulesOf({}, zh)).toEqual([]));
