// Transfers to the merchant's bank account: finance finds those that wait, confirms what came, and gives back by hand what
// was for nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const DETAILS = "招商银行上海分行\n6214 8500 0000 0000\n星河数娱";

const on = stage();

const person = (role, options) => visitor(on.browser, on.shop.ready, { email: `${role}@galaxy.example`, ...options });

/** A call of the first merchant's API. */
async function api(path, body, method = body ? "POST" : "GET") {
  const { url, merchants } = on.shop.ready;
  const headers = {
    authorization: `Bearer ${merchants[0].secret_key}`,
    ...(body && { "content-type": "application/json", "idempotency-key": crypto.randomUUID() }),
  };
  const answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** An order that waits for a transfer, and its payment; transfers are taken from then on. */
async function begun() {
  await api("/v1/offline_transfer", { enabled: true, details: DETAILS, hours: 48 }, "PATCH");
  const sku = on.shop.ready.merchants[0].skus[0].id;
  const order = await api("/v1/orders", { buyer: { external_id: crypto.randomUUID() }, lines: [{ sku, quantity: 1 }] });
  const payment = await api(`/v1/orders/${order.id}/payments`, { method: "offline" });
  return { order, payment, due: (order.total.amount / 100).toFixed(2) };
}

const fen = yuan => Math.round(yuan * 100);

/** Fills what came into the dialog; without an amount it is what is due. */
async function typed({ page }, reference, amount) {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^(银行流水号|Bank's reference)$/).fill(reference);
  if (amount) await dialog.getByLabel(/^(到账金额|Amount that came)$/).fill(amount);
  return dialog;
}

test("finance finds a transfer that waits, sees what the buyer was told, and confirms it: the goods are delivered", async () => {
  const { order, payment, due } = await begun();
  const finance = await person("finance");
  const { page, open, button } = finance;
  await open("/payments");
  await page.getByRole("link", { name: "等确认的银行转账" }).or(button("等确认的银行转账")).first().click();
  await page.waitForURL("**/payments?method=offline&state=pending");
  const row = page.getByRole("row").filter({ hasText: order.number });
  await row.getByText("等你确认").waitFor();
  await row.getByRole("link").first().click();
  await page.waitForURL(`**/payments/${payment.id}`);
  const section = page.getByRole("region", { name: "银行转账" });
  for (const text of ["6214 8500 0000 0000", order.number, `¥${due}`]) await section.getByText(text).first().waitFor();

  await button("确认到账").click();
  const dialog = await typed(finance, "");
  assert.equal(await dialog.getByLabel("到账金额").inputValue(), due, "what is due stands there");
  const yes = dialog.getByRole("button", { name: `确认到账 ¥${due}` });
  assert.ok(await yes.isDisabled(), "nothing is sent without the bank's reference");
  await typed(finance, "工行 17");
  await dialog.getByText("只能是字母、数字和符号").waitFor();
  assert.ok(await yes.isDisabled());
  // As a bank writes it: in groups.
  await typed(finance, "2026 1130 0001");
  await dialog.getByText("金额正好").waitFor();
  await yes.click();
  await page.getByText("转账已确认，订单已付款。").waitFor();
  await page.getByRole("region", { name: "入账" }).getByText("202611300001").waitFor();
  assert.equal((await api(`/v1/orders/${order.id}`)).state, "delivered");

  // The same reference for another payment.
  const other = await begun();
  await open(`/payments/${other.payment.id}`);
  await button("确认到账").click();
  const second = await typed(finance, "202611300001");
  await second.getByRole("button", { name: /^确认到账 ¥/ }).click();
  await second.getByText("已经确认过另一笔支付").waitFor();
  assert.equal((await api(`/v1/payments/${other.payment.id}`)).state, "pending");
});

test("an amount that differs is explained before it is sent, and what goes back is transferred by hand", async () => {
  const { order, payment, due } = await begun();
  const finance = await person("finance", { language: "en" });
  const { page, open, button } = finance;
  await open(`/payments/${payment.id}`);
  await button("Confirm a transfer").click();
  const less = (Number(due) - 0.5).toFixed(2);
  const dialog = await typed(finance, "SHORT-1", less);
  await dialog.getByText("¥0.50 less than is due").waitFor();
  await typed(finance, "SHORT-1", "nothing");
  await dialog.getByText("An amount is needed").waitFor();
  assert.ok(await dialog.getByRole("button", { name: "Confirm a transfer" }).isDisabled());
  await typed(finance, "SHORT-1", less);
  await dialog.getByRole("button", { name: `Confirm ¥${less}` }).click();
  await page.getByText("What came was of no use").first().waitFor();
  assert.equal((await api(`/v1/orders/${order.id}`)).state, "pending_payment");

  await page.getByRole("region", { name: "Refunds" }).getByText("To transfer").waitFor();
  await page.getByRole("region", { name: "Refunds" }).getByRole("link").first().click();
  await page.waitForURL("**/refunds/rfd_*");
  await page.getByText(`¥${less} waits for you to transfer it back`).waitFor();
  await button("Transferred").click();
  await page.getByRole("dialog").getByRole("button", { name: "Transferred", exact: true }).click();
  await page.getByText("The buyer has it.").waitFor();

  // He transfers once more, and too much: the same payment takes it, the rest goes back.
  await open(`/payments/${payment.id}`);
  await button("Another one came").click();
  const again = await typed(finance, "MORE-1", (Number(due) + 7).toFixed(2));
  await again.getByText("¥7.00 more than is due").waitFor();
  await again.getByRole("button", { name: /^Confirm ¥/ }).click();
  await page.getByText("The transfer is confirmed").waitFor();
  assert.equal((await api(`/v1/orders/${order.id}`)).state, "delivered");
  const refunds = await api(`/v1/refunds?payment=${payment.id}`);
  assert.deepEqual(refunds.data.map(one => one.amount.amount).sort(), [fen(less), 700].sort());
});

test("above the limit a second person agrees: the approval is linked, and the payment says that one waits", async () => {
  const { order, payment } = await begun();
  const finance = await person("finance");
  const { page, open, button } = finance;
  await open(`/payments/${payment.id}`);
  await button("确认到账").click();
  const dialog = await typed(finance, "LARGE-1", "10000.01");
  await dialog.getByRole("button", { name: "确认到账 ¥10,000.01" }).click();
  await dialog.getByText("已提交审批").waitFor();
  const link = dialog.getByRole("link", { name: "查看这次审批" });
  const approval = new URL(await link.getAttribute("href"), page.url()).pathname.split("/").at(-1);
  assert.equal((await api(`/v1/payments/${payment.id}`)).state, "pending");
  await dialog.getByRole("button", { name: "关闭" }).last().click();
  await page.getByText("有一笔确认在等第二个人同意").waitFor();
  await page.getByRole("region", { name: "银行转账" }).getByRole("link", { name: "查看这次审批" }).click();
  await page.waitForURL(`**/approvals/${approval}`);
  await page.getByText("LARGE-1").first().waitFor();

  const owner = await person("owner");
  await owner.open(`/approvals/${approval}`);
  await owner.button("同意").click();
  await owner.page.getByRole("dialog").getByRole("button", { name: "同意", exact: true }).click();
  await owner.page.getByText("已同意并执行").waitFor();
  await open(`/payments/${payment.id}`);
  await page.getByText("转账已确认，订单已付款。").waitFor();
  assert.equal((await api(`/v1/orders/${order.id}`)).state, "delivered");
});

test("an order that is over or paid another way does not wait, and who may not confirm has no button", async () => {
  const [over, paid] = [await begun(), await begun()];
  await api(`/v1/orders/${over.order.id}/cancel`, {});
  const other = await api(`/v1/orders/${paid.order.id}/payments`, { method: "test" });
  await api(`/test-channel/payments/${other.id}`, { action: "pay" });
  const { page, open, button } = await person("finance");
  await open("/payments?method=offline");
  await page.getByRole("row").filter({ hasText: over.order.number }).getByText("已取消").waitFor();
  await page
    .getByRole("row")
    .filter({ hasText: paid.order.number })
    .filter({ hasText: "银行转账" })
    .getByText("订单已付款")
    .waitFor();
  await open(`/payments/${over.payment.id}`);
  await page.getByText("订单已经关闭。钱晚到了也要确认").waitFor();
  await button("确认到账").click();
  await page.getByRole("dialog").getByText("订单已经关闭。确认后，有货就交给买家").waitFor();
  await open(`/payments/${paid.payment.id}`);
  await button("确认到账").click();
  await page.getByRole("dialog").getByText("订单已经付清").waitFor();

  const operations = await person("operations");
  await operations.open(`/payments/${over.payment.id}`);
  await operations.page.getByRole("region", { name: "银行转账" }).waitFor();
  assert.equal(await operations.button("确认到账").count(), 0);
});
