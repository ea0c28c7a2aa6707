import { expect, test } from "vitest";
import { changedBody, credentials, freshBody, hintOf, numberOf } from "./payment-account";

const names = (...of: Parameters<typeof credentials>) => credentials(...of).map(({ name }) => name);

test("a channel asks for its own fields alone, by its way to verify", () => {
  expect(names("stripe")).toEqual(["secret_key", "webhook_secret", "old_webhook_secret"]);
  expect(names("stripe", "certificates")).toEqual(names("stripe"));
  expect(names("wechat", "public_key")).toContain("public_key_id");
  expect(names("wechat", "certificates")).not.toContain("public_key");
  expect(names("wechat")).not.toContain("app_id");
  expect(names("alipay", "public_key")).toEqual(["app_id", "seller_id", "private_key", "public_key"]);
  expect(names("alipay", "certificates").slice(3)).toEqual([
    "app_certificate",
    "alipay_certificate",
    "root_certificate",
  ]);
  expect(names(undefined)).toEqual([]);
});

test("what was typed for another channel is not sent", () => {
  const typed = { channel: "stripe", name: "海外", fee_rate: 290, enabled: true, mchid: "1900000001", seller_id: "" };
  const all = { ...typed, verification: "certificates", secret_key: "sk_test_1", webhook_secret: "whsec_1" };
  expect(freshBody(all)).toEqual({
    channel: "stripe",
    name: "海外",
    fee_rate: 290,
    enabled: true,
    secret_key: "sk_test_1",
    webhook_secret: "whsec_1",
  });
});

test("a secret that was not typed stays, a line that was emptied goes", () => {
  const now = { channel: "alipay", verification: "public_key", app_id: "2021", seller_id: null };
  expect(changedBody(now, { seller_id: null, private_key: null, name: "新名" })).toEqual({
    seller_id: null,
    name: "新名",
  });
  expect(changedBody(now, { private_key: "MIIE" })).toEqual({ private_key: "MIIE" });
});

test("a secret shows its end, where that can be read", () => {
  const one = { secret_key: { hint: "9f2c" }, private_key: { hint: "---\n" } };
  expect(hintOf(one, "secret_key")).toBe("••••9f2c");
  expect(hintOf(one, "private_key")).toBe("••••");
  expect(hintOf(one, "webhook_secret")).toBeUndefined();
  expect(numberOf(one)).toBe("••••9f2c");
  expect(numberOf({ mchid: "1900000001" })).toBe("1900000001");
});
