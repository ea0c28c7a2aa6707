// What sold, as a merchant looks at it: numbers that are those of the API, a way from each to its rows, a period beside the one
// before, a chart whose numbers anybody can read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const on = stage({ filled: true });

const person = (role, options) => visitor(on.browser, on.shop.ready, { email: `${role}@galaxy.example`, ...options });
const section = (page, name) => page.getByRole("region", { name, exact: true });

async function api(path) {
  const authorization = `Bearer ${on.shop.ready.merchants[0].secret_key}`;
  const answer = await fetch(on.shop.ready.url + path, { headers: { authorization } });
  assert.ok(answer.ok, `${path} ${answer.status}`);
  return answer.json();
}

const yuan = ({ amount }) => `¥${(amount / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",")}`;

/** The sums, once everything that happened is counted. */
async function counted(query = "") {
  for (;;) {
    const report = await api(`/v1/reports/sales${query}`);
    if (report.behind === 0) return report;
  }
}

test("the sums are those of the API, and each leads to its rows", async () => {
  const { totals } = await counted();
  const [all] = totals;
  assert.ok(all.orders > 10 && all.refunded.amount > 0);
  const { page, open } = await person("owner");
  await open("/reports");
  const sums = section(page, "合计");
  for (const [name, text] of [
    ["净销售额", yuan(all.net)],
    ["退款", yuan(all.refunded)],
    ["毛利", yuan(all.margin)],
    ["订单", String(all.orders)],
  ])
    await sums.getByRole("link").filter({ hasText: name }).getByText(text, { exact: true }).waitFor();
  await sums.getByRole("link").filter({ hasText: "退款" }).click();
  await page.waitForURL("**/refunds?from=*&to=*");
  await page.getByText(`共 ${(await api("/v1/refunds?limit=50")).data.length} 行`).waitFor();
});

test("each SKU has a row whose numbers lead to its orders, and its name to its days", async () => {
  const { data } = await counted("?by=sku");
  const [first] = data;
  const { page, open } = await person("owner");
  await open("/reports");
  await page.getByText("按规格", { exact: true }).click();
  await page.waitForURL("**/reports?by=sku");
  const rows = section(page, "明细").getByRole("row");
  const row = rows.nth(1);
  await row.getByText(yuan(first.net), { exact: true }).first().waitFor();
  assert.equal(await rows.count(), data.length + 2, "a head, a row a SKU, and the sum");
  await row.getByRole("cell").nth(5).getByRole("link").click();
  await page.waitForURL(`**/orders?from=*&to=*&sku=${first.sku}`);
  await page.getByText(`共 ${first.orders} 行`).waitFor();
  await page.goBack();
  await row.getByRole("link").first().click();
  await page.waitForURL(`**/reports?*sku=${first.sku}*`);
  await section(page, "合计").getByText(yuan(first.net), { exact: true }).first().waitFor();
  await page.getByRole("button", { name: "删除 规格" }).click();
  const all = await counted();
  await section(page, "合计").getByText(yuan(all.totals[0].net), { exact: true }).first().waitFor();
});

test("a chart says that its numbers stand in the table, and follows what is asked", async () => {
  const { page, open } = await person("finance");
  await open("/reports?by=channel");
  await page.getByRole("img", { name: "净销售额（按渠道）的图，数字都在下面的表里" }).locator("canvas").waitFor();
  await page.getByRole("combobox", { name: "看哪个数" }).click();
  await page
    .locator(".ant-select-item-option:visible")
    .filter({ hasText: /^订单$/ })
    .click();
  await page.waitForURL("**/reports?by=channel&measure=orders");
  await page.getByRole("img", { name: /^订单（按渠道）/ }).waitFor();
  for (const { channel, orders } of (await counted("?by=channel")).data) {
    const word = { api: "接口", embed: "嵌入", h5: "网页店铺" }[channel];
    await section(page, "明细")
      .getByRole("row")
      .filter({ hasText: word })
      .getByText(String(orders), { exact: true })
      .first()
      .waitFor();
  }
});

test("a period is chosen by its name or its days, and compared with the one before", async () => {
  const { page, open, button } = await person("owner");
  await open("/reports");
  await button("今天").click();
  await page.waitForURL(/reports\?from=(\d{4}-\d\d-\d\d)&to=\1$/);
  await page.getByText("按小时", { exact: true }).click();
  await page.getByText(/虚线是上期：.*比到同一时刻/).waitFor();
  await page.getByLabel("从", { exact: true }).fill("2025-01-01");
  await page.getByLabel("到", { exact: true }).fill("2025-01-31");
  await page.getByText("这段时间没有卖出").waitFor();
});

test("whoever may not see costs sees no margin", async () => {
  const { page, open } = await person("service");
  await open("/reports");
  await section(page, "合计").getByText("净销售额").waitFor();
  assert.equal(await page.getByText("毛利").count(), 0);
});

test("what a batch earned stands beside what it cost", async () => {
  const { page, open } = await person("owner");
  await open("/reports");
  await page
    .getByRole("link", { name: "批次收益" })
    .or(page.getByRole("button", { name: "批次收益" }))
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: "批次收益" }).waitFor();
  const { data } = await api("/v1/reports/code-batches?limit=20");
  const sold = data.find(one => one.sold > 0);
  await page
    .getByRole("link", { name: String(sold.sold), exact: true })
    .first()
    .waitFor();
});
