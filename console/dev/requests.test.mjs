// What programs asked of late, for the people who wrote them: found by outcome, by key and by id; masked, with what helps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const on = stage();

const person = (role, options) => visitor(on.browser, on.shop.ready, { email: `${role}@galaxy.example`, ...options });

/** A program that asks for what can't be; gives the id that its answer had. */
async function refused() {
  const { secret_key, skus } = on.shop.ready.merchants[0];
  const answer = await fetch(`${on.shop.ready.url}/v1/orders`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${secret_key}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
      "user-agent": "till/1.4",
    },
    body: JSON.stringify({
      buyer: { external_id: "13812345678" },
      lines: [{ sku: skus[0].id, quantity: 0 }],
    }),
  });
  assert.equal(answer.status, 422, await answer.clone().text());
  return answer.headers.get("x-request-id");
}

test("a refused request is found with its fields, its masked body and what helps", async () => {
  const id = await refused();
  const { page, open, button } = await person("owner");
  await open("/developers");
  await page.getByRole("link", { name: "看请求日志" }).click();
  await page.getByRole("heading", { level: 1, name: "请求日志" }).waitFor();
  const row = page.getByRole("row").filter({ hasText: "有内容填得不对" });
  // It is kept soon, not at once.
  while ((await row.count()) === 0) {
    await button("刷新").click();
    await page.waitForTimeout(200);
  }
  await row.first().getByText("422").waitFor();
  await row.first().getByText("demo").waitFor();
  await page.getByLabel("结果").click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: "成功" }).click();
  await page.waitForURL("**/requests?outcome=done");
  await row.first().waitFor({ state: "detached" });

  await page.getByRole("searchbox", { name: "按请求号查" }).fill("order 17");
  await page.keyboard.press("Enter");
  await page.getByText("请求号以 req_ 开头").waitFor();
  await page.getByRole("searchbox", { name: "按请求号查" }).fill(id);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/requests/${id}`);
  await page.getByRole("heading", { level: 1, name: "POST /v1/orders" }).waitFor();
  await page.getByText("改好标出的内容再提交").waitFor();
  await page.getByText("till/1.4").waitFor();
  const body = await page.getByRole("region", { name: "请求内容" }).locator("pre").textContent();
  assert.match(body, /"external_id": "•\(11\)"/);
  assert.ok(!body.includes("13812345678"));
  const link = page.getByRole("link", { name: "看这个接口的文档" });
  assert.match(await link.getAttribute("href"), /^\/docs\?lang=zh-CN#place_order$/);
});

test("a request that nobody kept says why it may be gone", async () => {
  const { page, open } = await person("owner", { language: "en" });
  await open("/requests/req_00000000000000000000000000");
  await page.getByRole("heading", { name: "No record of this request" }).waitFor();
});

test("whoever may not see the keys doesn't see it", async () => {
  const { page, open } = await person("service");
  await open("/");
  await page.getByRole("navigation", { name: "主导航" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "请求日志" }).count(), 0);
  await open("/requests");
  await page.getByText("你的角色不能看这一页").waitFor();
});
