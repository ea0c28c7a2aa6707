// What many share: written as a text, then as a file; bought, seen and saved by a buyer, and looked at by staff with a reason.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const on = stage();

const PHONE = { viewport: { width: 375, height: 800 } };
const PRICE = { amount: 990, currency: "CNY" };

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

/** What a press of a button saves: its name and its bytes. */
async function saved(page, press) {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

for (const language of ["zh-CN", "en"]) {
  const say = (zh, en) => (language === "en" ? en : zh);

  test(`a text becomes a file, and who bought it saves it: ${language}`, async () => {
    const skus = [{ kind: "content", name: say("全部课程", "All lessons"), price: PRICE }];
    const product = await api("/v1/products", { name: say("手冲课", "Coffee course"), skus, on_shelf: true });
    const sku = product.skus[0].id;
    const owner = await visitor(on.browser, on.shop.ready, { email: "owner@galaxy.example", language });
    await writesText(owner, sku, say);
    const buyer = await visitor(on.browser, on.shop.ready, { language, ...PHONE });
    const order = await buys(buyer, product.id, say);

    // More than one part, with bytes that are no text.
    const file = {
      name: say("课程 一.zip", "lesson one.zip"),
      mimeType: "application/zip",
      buffer: randomBytes((1 << 20) + 4_321),
    };
    await writesFile(owner, file, say);
    await buyer.page.goto(order);
    const { page, button } = buyer;
    await page.getByText(say("内容有更新", "Updated since you bought it")).waitFor();
    await page.getByText(say("改成文件", "A file now")).waitFor();
    assert.ok(!(await page.content()).includes(file.name), "nothing of it is shown before a look");
    await button(say("查看卡密", "View code")).click();
    await page.getByText(file.name, { exact: true }).waitFor();
    await page.getByText("1.0 MB", { exact: true }).waitFor();
    assert.ok(!(await page.content()).includes("pan.example"), "the text before it is gone");
    const got = await saved(page, () => button(say("下载文件", "Download the file")).click());
    assert.equal(got.name, file.name);
    assert.ok(got.bytes.equals(file.buffer), "it is the same file");
    await looksAtIt(owner, file, say);
  });
}

async function writesText({ page, open, button }, sku, say) {
  await open(`/skus/${sku}/content`);
  await page.getByText(say("写好第一版后才能卖。", "It is sold once its first version is written.")).waitFor();
  await page.getByLabel(say("内容", "Content"), { exact: true }).fill("链接 https://pan.example/coffee 提取码 7rt2");
  await button(say("发布这一版", "Publish this version")).click();
  const versions = page.getByRole("region", { name: say("历史版本", "Versions") });
  await versions.getByText(say("文字或链接", "Text or link")).waitFor();
}

/** Buys it by the shop's pages and reads the text; gives the address of the order. */
async function buys({ page, button }, product, say) {
  const press = name => page.getByRole("button", { name }).first().click();
  await page.goto(`${on.shop.ready.merchants[0].shop_url}/p/${product}`);
  await press(say("立即购买", "Buy now"));
  await page.getByRole("checkbox", { name: say("我已知晓并同意", "I have read and agree") }).check();
  await press(say("提交订单", "Place order"));
  await press(say("支付 ¥9.90", "Pay ¥9.90"));
  await press(say(/^付款/, /^Pay/));
  await page.getByRole("link", { name: say("回到商家", "Back to the merchant") }).click();
  await button(say("查看卡密", "View code")).waitFor();
  const order = page.url();
  assert.ok(!(await page.content()).includes("pan.example"), "nothing of it is shown before a look");
  await button(say("查看卡密", "View code")).click();
  await page.getByRole("link", { name: "https://pan.example/coffee" }).waitFor();
  return order;
}

async function writesFile({ page, button }, file, say) {
  await page.getByRole("radio", { name: say("文件", "File"), exact: true }).check();
  await button(say("发布这一版", "Publish this version")).click();
  await page.getByText(say("请填写", "Please fill this in")).first().waitFor();
  const choose = async it => {
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: say(/^(选择|换一个)文件$/, /^Choose a(nother)? file$/) }).click();
    await (await chooser).setFiles(it);
  };
  await choose({ ...file, buffer: Buffer.alloc((20 << 20) + 1) });
  await page.getByText(say("超过了 20 MiB", "more than 20 MiB")).waitFor();
  await choose(file);
  await page.getByText(file.name, { exact: false }).waitFor();
  await page.getByLabel(say(/^改了什么/, /^What changed/)).fill(say("改成文件", "A file now"));
  await button(say("发布这一版", "Publish this version")).click();
  const versions = page.getByRole("region", { name: say("历史版本", "Versions") });
  await versions.getByText(say("文件 · 1.0 MiB", "File · 1.0 MiB")).waitFor();
  assert.ok(!(await versions.textContent()).includes(file.name), "its name is part of what is sold");
}

/** Staff says why, and takes it too. */
async function looksAtIt({ page }, file, say) {
  const versions = page.getByRole("region", { name: say("历史版本", "Versions") });
  await versions
    .getByRole("button", { name: say("查看", "View") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^(原因|Reason)/).fill(say("核对文件", "To compare it"));
  await dialog.getByRole("button", { name: say("查看", "View"), exact: true }).click();
  await page.getByText(file.name, { exact: true }).waitFor();
  const link = page.getByRole("link", { name: say("下载文件", "Download the file") });
  const got = await saved(page, () => link.click());
  assert.ok(got.bytes.equals(file.buffer), "it is the same file");
}
