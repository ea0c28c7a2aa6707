// What the operator does in the console: lets a merchant sell or not, limits its requests, and sees how the whole does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const on = stage();

const operator = (options = {}) => visitor(on.browser, on.shop.ready, { email: "system@operator.example", ...options });

/** The owner at work in the live book, who reads a language. */
async function owner(language) {
  const { id } = on.shop.ready.merchants[0];
  const one = await visitor(on.browser, on.shop.ready, { language, email: "owner@galaxy.example" });
  const place = JSON.stringify({ merchant: id, mode: "live" });
  await one.page.context().addInitScript(place => localStorage.setItem("tessera.place", place), place);
  return one;
}

for (const language of ["zh-CN", "en"]) {
  const say = (zh, en) => (language === "en" ? en : zh);

  test(`a merchant is suspended with a reason that it reads, and let go on: ${language}`, async () => {
    const { id, name } = on.shop.ready.merchants[0];
    const { page, open, button } = await operator({ language });
    const its = await owner(language);
    await open("/merchants");
    const row = page.getByRole("row").filter({ hasText: name });
    await row.getByText(say("营业中", "Selling")).waitFor();
    await row.getByRole("link", { name }).click();
    await page.waitForURL(`**/merchants/${id}`);
    await page.getByRole("heading", { level: 1, name }).waitFor();

    await button(say("暂停营业", "Suspend")).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(say("测试模式照常使用", "Test mode goes on"), { exact: false }).waitFor();
    const yes = dialog.getByRole("button", { name: say("暂停营业", "Suspend"), exact: true });
    assert.ok(await yes.isDisabled(), "a reason is wanted");
    await dialog.getByLabel(say("原因", "Reason")).fill(say("营业执照到期", "The licence ran out"));
    await yes.click();
    await page
      .getByRole("region", { name: say("营业条款", "Terms") })
      .getByText(say("营业执照到期", "The licence ran out"))
      .waitFor();

    const alert = its.page.getByRole("alert").filter({ hasText: say("营业执照到期", "The licence ran out") });
    for (const path of ["/", "/products"]) {
      await its.open(path);
      await alert.waitFor();
    }

    await button(say("恢复营业", "Lift the suspension")).click();
    await dialog.getByRole("button", { name: say("恢复营业", "Lift the suspension"), exact: true }).click();
    await button(say("暂停营业", "Suspend")).waitFor();
    await alert.waitFor({ state: "detached" });
  });
}

test("whoever suspends on what he saw before is told that somebody was faster", async () => {
  const { id } = on.shop.ready.merchants[1];
  const [one, other] = [await operator(), await operator()];
  for (const { open } of [one, other]) await open(`/merchants/${id}`);
  for (const { button } of [one, other]) await button("设置上限").click();
  const answer = async ({ page }, most) => {
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("每分钟最多").fill(most);
    await dialog.getByRole("button", { name: "设置上限", exact: true }).click();
  };
  await answer(one, "1200");
  await one.page.getByText("每分钟 1,200 次").waitFor();
  await answer(other, "600");
  const told = other.page.getByRole("dialog").getByRole("alert");
  await told.getByText("别人刚刚改过，没有保存").waitFor();
  await other.page.getByRole("region", { name: "营业条款" }).getByText("每分钟 1,200 次").waitFor();
  await one.button("取消上限").click();
  await one.page.getByRole("dialog").getByRole("button", { name: "取消上限", exact: true }).click();
  await one.page.getByRole("region", { name: "营业条款" }).getByText("不限").waitFor();
});

test("how the whole does is asked again by itself; where it can't be read, the health check stands in", async () => {
  const { page, open } = await operator();
  await open("/system");
  const facts = page.getByRole("region", { name: "程序和数据库" });
  await facts.getByText("SQLite").waitFor();
  await page.getByRole("region", { name: "健康" }).getByText("正常").waitFor();
  const job = { kind: "send_refund", due: 12, under_way: 3, retried: 2, since: "2026-11-30T01:02:03Z" };
  await page.route("**/v1/system", async route => {
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      json: { ...(await answer.json()), jobs: [job], facts_behind: 1204, books_behind: 2 },
    });
  });
  const row = page.getByRole("row").filter({ hasText: "经支付渠道退款" });
  await row.waitFor();
  assert.deepEqual((await row.getByRole("cell").allTextContents()).slice(1, 4), ["12", "3", "2"]);
  await page.getByText("落后 1,204 条流水，涉及 2 本账").waitFor();
  await page.unroute("**/v1/system");
  await row.waitFor({ state: "detached" });
  await page.route("**/v1/system", route =>
    route.fulfill({ status: 503, contentType: "application/problem+json", body: '{"code":"overloaded"}' }),
  );
  await page.getByText("读不到完整的状态").waitFor();
  await page.getByRole("region", { name: "健康" }).getByText("正常").waitFor();
});
