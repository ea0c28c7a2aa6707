// A buyer's way through the demo in a real browser: look, order, pay at the test cashier, view the code, come
// back to it, give an unseen one back. `PICTURES=folder` keeps a picture of every step.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { browser, languages, widths } from "./gallery.mjs";

const program = process.env.TESSERA ?? fileURLToPath(new URL("../target/debug/tessera", import.meta.url));
let folder, demo, shop, local, chromium;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tessera-e2e-"));
  const ready = join(folder, "ready.json");
  demo = spawn(program, ["demo", "--data", folder, "--listen", "127.0.0.1:0", "--ready-file", ready], { stdio: "ignore" });
  const ended = new Promise((_, fail) => demo.once("exit", (code) => fail(new Error(`the demo ended with ${code}`))));
  ended.catch(() => {});
  const seeded = async () => {
    for (;;) {
      const text = await readFile(ready, "utf8").catch(() => undefined);
      if (text !== undefined) return JSON.parse(text).merchants.map((merchant) => merchant.shop_url);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  [shop, local] = await Promise.race([seeded(), ended]);
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  if (demo?.exitCode === null) {
    const gone = new Promise((done) => demo.once("exit", done));
    demo.kill("SIGKILL");
    await gone;
  }
  await rm(folder, { recursive: true, force: true });
});

/** A buyer with a browser of his own. */
async function buyer(language, width, javaScriptEnabled = true) {
  const context = await chromium.newContext({ viewport: { width, height: 800 }, javaScriptEnabled, reducedMotion: "reduce" });
  const page = await context.newPage();
  const shown = async (name) => {
    if (process.env.PICTURES) {
      await page.screenshot({ path: join(process.env.PICTURES, `${name}.${language}.${width}.png`), fullPage: true });
    }
    // What stands beside the page may scroll; the page itself never does so sideways.
    const overlap = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth).catch(() => 0);
    assert.ok(overlap <= 0, `${name} is ${overlap} px too wide`);
  };
  return { context, page, shown };
}

/** From the checkout to the cashier of a fresh order; gives the order's address. */
async function placed({ page, shown }) {
  for (const box of await page.locator("input[type=checkbox]").all()) await box.check();
  await page.locator("main form button").last().click();
  await page.waitForURL(/\/o\//);
  const address = page.url();
  await shown("choose-payment");
  await page.locator('form[action$="/pay"] button').click();
  await page.waitForURL(/\/test-pay\//);
  await shown("test-cashier");
  return address;
}

/** From the shop to the cashier of a fresh order; gives the order's address. */
async function order(one, language) {
  const { page, shown } = one;
  await page.goto(`${shop}?lang=${language}`);
  assert.equal(await page.locator("html").getAttribute("lang"), language);
  await shown("shop");
  await page.locator('a[href*="/p/"]').first().click();
  await shown("product");
  await page.locator('form[action*="/checkout"] button').first().click();
  await shown("checkout");
  return placed(one);
}

/** Presses a button of the test cashier, then goes back to the order until it is settled. */
async function settle({ page, shown }, address, action, name) {
  await page.locator(`button[value="${action}"], form[action$="/${action}"] button`).first().click();
  await shown(`test-cashier-${name}`);
  await page.goto(address);
  await shown(name);
}

for (const language of languages) {
  for (const width of widths) {
    test(`buy, view, come back: ${language} ${width} px`, async () => {
      const one = await buyer(language, width);
      const address = await order(one, language);
      await settle(one, address, "pay", "paid");
      assert.equal(await one.page.locator("code").count(), 0, "nothing is shown before the button is pressed");
      await one.page.locator('form[action$="/reveal"] button').click();
      const code = (await one.page.locator("code").first().innerText()).replace(/\s/g, "");
      assert.ok(code.length >= 8, `a code is shown: ${code.length} characters`);
      await one.shown("revealed");
      await one.page.goto(`${shop}/orders`);
      await one.shown("my-orders");
      await one.page.locator('a[href*="/o/"]').first().click();
      assert.equal(one.page.url(), address, "the browser finds its order again");
      await one.context.close();
    });
  }
}

for (const language of languages) {
  for (const width of widths) {
    test(`a product that asks is answered: ${language} ${width} px`, async () => {
      const one = await buyer(language, width, width > 400);
      const { page, shown } = one;
      await page.goto(`${local}?lang=${language}`);
      await shown("shelves");
      assert.ok((await page.locator("section.shelf h2").count()) > 2, "the shop has shelves");
      await page.locator('a[href*="/p/"]:has(img[src*="/cake."])').click();
      await shown("cake");
      await page.locator('form[action*="/checkout"] button').first().click();
      await page.locator("#f-input-phone").fill("1380013");
      await page.locator("#f-input-greeting").fill("小明生日快乐");
      for (const box of await page.locator("input[type=checkbox]").all()) await box.check();
      await page.locator("main form button").last().click();
      await shown("answer-unfit");
      assert.equal(await page.locator('[aria-invalid="true"]').getAttribute("id"), "f-input-phone");
      assert.equal(await page.locator("#f-input-greeting").inputValue(), "小明生日快乐");
      await page.locator("#f-input-phone").fill("138 0013 8000");
      const address = await placed(one);
      await settle(one, address, "pay", "answered");
      assert.ok((await page.locator("main").innerText()).includes("138****8000"));
      assert.equal(await page.locator("ol.steps li").count(), 3, "the guide has its steps");
      await one.context.close();
    });
  }
}

test("a refused payment leaves the order payable", async () => {
  const one = await buyer("zh-CN", 375);
  const address = await order(one, "zh-CN");
  await settle(one, address, "fail", "refused");
  await one.page.locator("main a.go").click();
  await one.page.locator('form[action$="/pay"] button').click();
  await one.page.waitForURL(/\/test-pay\//);
  await settle(one, address, "pay", "paid-after-all");
  assert.equal(await one.page.locator('form[action$="/reveal"] button').count(), 1, "the goods came");
  await one.context.close();
});

test("an unseen code goes back, without JavaScript", async () => {
  const one = await buyer("en", 375, false);
  const address = await order(one, "en");
  await settle(one, address, "pay", "paid-plain");
  await one.page.locator('a[href*="refund"]').first().click();
  await one.shown("refund");
  await one.page.locator("main form button").last().click();
  await one.shown("refund-asked");
  await one.page.goto(address);
  await one.shown("refunded");
  assert.equal(await one.page.locator('form[action$="/reveal"] button').count(), 0, "what went back cannot be viewed");
  await one.context.close();
});
