// Accounts at payment channels, payments through them and their refunds, over the demo's own sandbox.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const on = stage();

const person = (role, options) => visitor(on.browser, on.shop.ready, { email: `${role}@galaxy.example`, ...options });

/** A call of the first merchant's API. */
async function api(path, body) {
  const { url, merchants } = on.shop.ready;
  const headers = {
    authorization: `Bearer ${merchants[0].secret_key}`,
    ...(body && { "content-type": "application/json", "idempotency-key": crypto.randomUUID() }),
  };
  const answer = await fetch(url + path, {
    method: body ? "POST" : "GET",
    headers,
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** Tells the sandbox what its channels do. */
async function control(path, body) {
  const answer = await fetch(`${on.shop.ready.sandbox.url}/control/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** A payment of a fresh order, that nobody paid yet. */
async function begun(method) {
  const sku = on.shop.ready.merchants[0].skus[0].id;
  const order = await api("/v1/orders", { buyer: { external_id: crypto.randomUUID() }, lines: [{ sku, quantity: 1 }] });
  return api(`/v1/orders/${order.id}/payments`, { method });
}

async function until(what, holds) {
  const end = Date.now() + 15_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `${what} did not come`);
    await new Promise(done => setTimeout(done, 100));
  }
}

const labels = page => page.locator("form label").allInnerTexts();

test("an account is tried, saved, switched off and put away; its form asks for its channel's fields alone", async () => {
  const { alipay } = on.shop.ready.sandbox.merchants[1];
  const { page, open, button } = await person("owner");
  await open("/payment-accounts");
  await page.getByRole("link", { name: "微信支付" }).waitFor();
  await button("添加收款账户")
    .or(page.getByRole("link", { name: "添加收款账户" }))
    .first()
    .click();
  await page.waitForURL("**/payment-accounts/new");
  assert.equal(await page.locator("textarea").count(), 0, "nothing is asked before the channel is chosen");
  await page.getByRole("radio", { name: "Stripe" }).check();
  assert.ok((await labels(page)).every(text => !/商户号|公钥|私钥/.test(text)));
  await page.getByRole("radio", { name: "支付宝" }).check();
  await page.getByLabel("支付宝公钥", { exact: true }).waitFor();
  await page.getByRole("radio", { name: "证书" }).check();
  await page.getByLabel("支付宝公钥", { exact: true }).waitFor({ state: "detached" });
  assert.equal(await page.locator("#mchid").count(), 0);

  await page.getByLabel("名称").fill("支付宝证书收款");
  await page.getByLabel("费率").fill("0.605");
  await page.getByText("请填写 0 到 100 的百分比").waitFor();
  await page.getByLabel("费率").fill("0.55");
  await page.getByLabel("支付宝 APPID").fill(alipay.app_id);
  await page.getByLabel("应用私钥", { exact: true }).fill("not a key");
  await page.getByLabel("应用公钥证书", { exact: true }).fill(alipay.app_cert_pem);
  await page.getByLabel("支付宝公钥证书", { exact: true }).fill(alipay.alipay_cert_pem);
  await page.getByLabel("支付宝根证书", { exact: true }).fill(alipay.alipay_root_cert_pem);
  await button("测试凭据").click();
  await page.getByText("粘贴完整的私钥").waitFor();
  await page.getByLabel("应用私钥", { exact: true }).fill(alipay.private_key_pem);
  await page.getByText("粘贴完整的私钥").waitFor({ state: "detached" });
  await button("测试凭据").click();
  await page.getByText("渠道接受了这些凭据").waitFor();
  await button("保存").click();
  await page.waitForURL("**/payment-accounts/pac_*");

  const id = page.url().split("/").at(-1);
  const stored = await api(`/v1/payment-accounts/${id}`);
  assert.deepEqual([stored.fee_rate, stored.verification, stored.mchid], [55, "certificates", undefined]);
  assert.equal(
    await page.getByRole("region", { name: "回调地址" }).locator("code").textContent(),
    notice("alipay", id),
  );
  const shown = await page.content();
  assert.ok(!shown.includes(alipay.private_key_pem.split("\n")[1]), "the key is never shown again");
  // Another name, and no secret typed once more: the secrets stay.
  await page.getByLabel("名称").fill("支付宝（证书）");
  await button("保存").click();
  await page.getByRole("heading", { level: 1, name: "支付宝（证书）" }).waitFor();
  await button("测试已保存的凭据").click();
  await page.getByText("渠道接受了这些凭据").waitFor();
  await sure(page, button, "停用");
  await page.getByText("已停用", { exact: true }).waitFor();
  assert.equal((await api(`/v1/payment-accounts/${id}`)).enabled, false);
  await sure(page, button, "启用");
  await page.getByText("启用中", { exact: true }).waitFor();
  await sure(page, button, "归档");
  await page.getByText("已归档", { exact: true }).first().waitFor();
  await open("/payment-accounts");
  await page.getByRole("link", { name: "微信支付" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "支付宝（证书）" }).count(), 0);
});

const notice = (channel, id) => `${on.shop.ready.url}/notify/${channel}/${id}`;

async function sure(page, button, word) {
  await button(word).click();
  await page.getByRole("dialog").getByRole("button", { name: word, exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

test("what the channel says to wrong credentials is told, and a key of the other mode isn't sent", async () => {
  const { page, open, button } = await person("owner", { language: "en" });
  await open("/payment-accounts/new");
  await page.getByRole("radio", { name: "Stripe" }).check();
  await page.getByLabel("Secret key").fill("sk_test_nobodys0123456789abcd");
  await page.getByLabel("Signing secret of the webhook").fill("whsec_0123456789abcdef0123");
  await button("Test these credentials").click();
  await page.getByText("The channel did not take them").waitFor();
  await page.getByText("Invalid API Key provided").waitFor();
  await page.getByLabel("Secret key").fill("sk_live_0123456789abcdef01234567");
  await button("Test these credentials").click();
  await page.getByText("test keys in test mode").waitFor();
});

test("a payment tells what was offered, then by itself that it was paid, its fee and its exchanges", async () => {
  const payment = await begun("wechat_native");
  const { page, open } = await person("owner");
  await open(`/payments/${payment.id}`);
  await page.getByText(payment.qr).first().waitFor();
  await page.getByText("等买家付款").waitFor();
  await page.getByRole("link", { name: "微信支付" }).waitFor();
  const entries = page.getByRole("region", { name: "和渠道的往来" }).getByRole("listitem");
  await entries.filter({ hasText: "请求收款：渠道已应答" }).waitFor();
  await control(`payments/${payment.id}`, { action: "pay" });
  await page.getByText("钱已到渠道账户").waitFor();
  await page.getByText("¥0.12").waitFor();
  const told = entries.filter({ hasText: "渠道通知：已付款：验签通过，已接收" });
  await told.waitFor();
  await told.getByText("通知内容").click();
  assert.match(await told.locator("pre").textContent(), /"ciphertext": "\*\*\*"/);

  await open("/payments");
  await page.getByLabel("方式").click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: "微信扫码" }).click();
  await page.waitForURL("**/payments?method=wechat_native");
  await page.getByRole("row").filter({ hasText: "微信扫码" }).first().waitFor();
  await page.getByLabel("状态").click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: "已退回" }).click();
  await page.getByText("没有符合条件的记录").waitFor();
});

test("a refund that the channel could not hand over is found at home, says what to do, and ends when it was done", async () => {
  const payment = await begun("wechat_native");
  await control(`payments/${payment.id}`, { action: "pay" });
  await until("the money", async () => (await api(`/v1/payments/${payment.id}`)).state === "succeeded");
  await control("faults", { channel: "wechat", fault: "refund_abnormal" });
  const body = { lines: [{ line: 1, quantity: 1 }], reason: "买错了", override: true };
  const refund = await api(`/v1/orders/${payment.order}/refunds`, body);
  await until("the channel's no", async () => (await api(`/v1/refunds/${refund.id}`)).state === "failed");
  await control("faults", { channel: "wechat", fault: "none" });

  const { page, open, button } = await person("finance");
  await open("/");
  await page.getByRole("link", { name: "1 笔退款没有成功" }).click();
  await page.waitForURL("**/orders/*");
  await open("/refunds?state=failed");
  await page.getByRole("row").filter({ hasText: "买错了" }).getByRole("link").first().click();
  await page.waitForURL(`**/refunds/${refund.id}`);
  const alarm = page.getByRole("alert").filter({ hasText: "没有退到买家手里" });
  await alarm.getByText("异常退款").waitFor();
  await page.getByText("渠道通知：退款没有退成").waitFor();
  await sure(page, button, "重新退款");
  // The merchant gave it to another card at the channel, which tells us.
  await control(`refunds/${refund.id}`, { action: "succeed" });
  await page.getByText("买家已收到").waitFor();
  await alarm.waitFor({ state: "detached" });
});

test("who may only look has no way to change an account, and no one without the right sees it", async () => {
  const { page, open } = await person("operations");
  await open("/payment-accounts");
  await page.getByRole("link", { name: "微信支付" }).click();
  await page.getByRole("region", { name: "回调地址" }).waitFor();
  assert.equal(await page.getByRole("button", { name: /^(停用|归档|测试已保存的凭据)$/ }).count(), 0);
  const keeper = await person("code_keeper");
  await keeper.open("/payment-accounts");
  await keeper.page.getByText("你的角色不能看这一页").waitFor();
});
