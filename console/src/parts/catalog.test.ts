import { expect, test } from "vitest";
import type { Product, Sku } from "../api/types";
import { nameOf } from "./catalog";

const product = { name: "星河视频会员", en: { name: "Galaxy Video" } } as Product;
const sku = (name: string, en?: string) => ({ name, ...(en && { en: { name: en } }) }) as Sku;

test.each([
  [sku("月卡", "One month"), false, "星河视频会员 · 月卡"],
  [sku("月卡", "One month"), true, "Galaxy Video · One month"],
  [sku("月卡"), true, "Galaxy Video · 月卡"],
  [sku("星河视频会员 月卡"), false, "星河视频会员 · 月卡"],
  [sku("星河视频会员"), false, "星河视频会员"],
])("%j in English: %s", (one, english, name) => expect(nameOf(product, one, english)).toBe(name));
