// What is looked for and looked after day by day: payments and refunds by what they are, the story of an order with its notes,
// its link and its ledger, stock by the days that it lasts and by the day on which it expires.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const on = stage({ filled: true });

const person = role => visitor(on.browser, on.shop.ready, { email: `${role}@galaxy.example` });
const section = (page, name) => page.getByRole("region", { name, exact: true });

test("a note stands in the story of its order, for the staff alone", async () => {
  const { page, open, button } = await person("service");
  await open(`/orders/${on.seeded.bought}`);
  await page.getByLabel("备注").fill("买家来电：\n明天再联系");
  await button("记下备注").click();
  await section(page, "经过").getByText("备注：买家来电：").waitFor();
  assert.equal(await page.getByLabel("备注").inputValue(), "");
});

test("all that an order moved stands beside it", async () => {
  const { page, open } = await person("finance");
  await open(`/orders/${on.seeded.bought}`);
  const ledger = section(page, "账务");
  for (const why of ["收款", "冻结转实扣", "退款"]) await ledger.getByText(why, { exact: true }).first().waitFor();
});

test("the link of an order is given again, and opens the buyer's page", async () => {
  const { page, open, button } = await person("owner");
  await open(`/orders/${on.seeded.bought}`);
  await button("发订单链接").click();
  await page.getByRole("dialog").getByRole("button", { name: "发订单链接" }).click();
  const given = page.getByRole("dialog", { name: "订单链接" });
  const link = await given.locator("code").textContent();
  const buyer = await visitor(on.browser, on.shop.ready);
  await buyer.page.goto(link);
  await buyer.page.getByRole("heading").first().waitFor();
  assert.equal((await buyer.page.request.get(link)).status(), 200);
  await page.keyboard.press("Escape");
  await section(page, "经过").getByText("订单链接又给了一次").waitFor();
});

test("payments and refunds are found by state, cause and amount", async () => {
  const { page, open } = await person("finance");
  await open("/payments?state=failed");
  await page.getByText("共 1 行").waitFor();
  await page.getByRole("cell").filter({ hasText: "失败" }).first().waitFor();
  await open("/refunds?cause=overpaid");
  await page.getByText("共 1 行").waitFor();
  await page.getByLabel("金额").fill("99999");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/refunds?cause=overpaid&amount=99999");
  await page.getByText("没有符合条件的记录").waitFor();
  // The same digits of another currency are another amount.
  await open("/payments?amount=38.4");
  await page.getByText("共 1 行").waitFor();
  await page.getByRole("combobox", { name: "币种" }).click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: /^USD$/ }).click();
  await page.waitForURL("**/payments?amount=38.4USD");
  await page.getByText("没有符合条件的记录").waitFor();
});

test("stock says how long it lasts, and a calendar when it expires", async () => {
  const { secret_key, skus } = on.shop.ready.merchants[0];
  const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const headers = { authorization: `Bearer ${secret_key}`, "content-type": "text/csv", "idempotency-key": "expiring" };
  const body = `number,password,valid_until\nEX-1,QQ1A-77,${until}\nEX-2,QQ1A-78,${until}\n`;
  const answer = await fetch(`${on.shop.ready.url}/v1/skus/${skus[6].id}/code-imports`, {
    method: "POST",
    headers,
    body,
  });
  assert.ok(answer.ok, await answer.text());
  const { page, open } = await person("operations");
  await open("/stock");
  await page
    .getByText(/约 \d+ 天|一年以上/)
    .first()
    .waitFor();
  await open(`/expiries?sku=${skus[6].id}`);
  const cell = page
    .locator(".calendar td")
    .filter({ has: page.getByText("2", { exact: true }).locator("xpath=self::strong") });
  await cell.first().waitFor();
  assert.equal(await cell.first().locator("span").textContent(), String(Number(until.slice(-2))));
});

/** Runs in an owner's page: another may do from now on what owners may, also take codes in clear. */
async function makeOwner(email) {
  const read = async path => (await fetch(path)).json();
  const { csrf } = await read("/console/session");
  const { data } = await read("/v1/staff?limit=50");
  const headers = { "content-type": "application/json", "x-csrf-token": csrf };
  const body = JSON.stringify({ roles: ["owner"] });
  const one = data.find(each => each.email === email);
  return (await fetch(`/v1/staff/${one.id}`, { method: "PATCH", headers, body })).status;
}

test("unsold codes are taken with a reason and a second person's yes, once", async () => {
  const { page, open, button } = await person("owner");
  await open(`/batches/${on.seeded.batch}`);
  await button("导出没卖出的").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("原因").fill("线下活动要用");
  await dialog.getByRole("button", { name: "导出没卖出的" }).click();
  await dialog.getByText("已提交审批").waitFor();
  await dialog.getByRole("link", { name: "查看这次审批" }).click();
  await page.waitForURL("**/approvals/apv_*");
  assert.equal(await page.evaluate(makeOwner, "finance@galaxy.example"), 200);
  const second = await person("finance");
  await second.page.goto(page.url());
  await second.button("同意").click();
  await second.page.getByRole("dialog").getByRole("button", { name: "同意" }).click();
  await second.page.getByText("已同意并执行").waitFor();
  await page.reload();
  await button("领取结果").click();
  await page.getByRole("dialog").getByRole("button", { name: "领取结果" }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), button("下载 CSV").click()]);
  const text = await readFile(await file.path(), "utf8");
  assert.match(text, /^\uFEFF"number","password","valid_until"\r\n/);
  assert.match(text, /\r\n"MY-\d{4}","/);
});
