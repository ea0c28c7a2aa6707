// A buyer's ways through the demo in a real browser, at two widths and in two languages: buy, view, come back,
// give back, be too late, be refused. Every step is kept as a picture in `target/e2e` (or `PICTURES=folder`).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { buyer, demo, order, place, settle, stocked } from "./demo.mjs";
import { browser, languages, widths } from "./gallery.mjs";

const sides = languages.flatMap((language) => widths.map((width) => [language, width]));
// axe has seen every state of the gallery in every way; here it looks at the real pages once in each language.
const looked = ([language, width]) => (language === "zh-CN") === (width === 375);
let usual, hasty, shop, chromium;

before(async () => {
  [usual, hasty, chromium] = await Promise.all([demo(), demo("--hold-seconds", "2"), browser()]);
  shop = usual.merchants[0].shop_url;
});

after(async () => {
  await chromium?.close();
  await Promise.all([usual?.stop(), hasty?.stop()]);
});

const visit = (side, options) => buyer(chromium, ...side, { looked: looked(side), ...options });
const reveals = (page) => page.locator('form[action$="/reveal"] button');

for (const side of sides) {
  const [language, width] = side;
  const named = (what) => `${what}: ${language} ${width} px`;

  test(named("buy, view, come back"), async () => {
    const one = await visit(side);
    const address = await order(one, shop);
    await settle(one, address, "pay", "paid");
    assert.equal(await one.page.locator("code").count(), 0, "nothing is shown before the button is pressed");
    await reveals(one.page).click();
    const code = (await one.page.locator("code").first().innerText()).replace(/\s/g, "");
    assert.equal(await one.page.locator("code").last().innerText(), await one.page.locator(".ticket [data-copy]").last().getAttribute("data-copy"));
    assert.ok(code.length >= 8, `a code is shown: ${code.length} characters`);
    assert.equal(await one.page.locator('a[href$="/refunds"]').count(), 0, "what was seen is not offered back");
    await one.shown("revealed");
    await one.page.goto(`${address}/refunds`);
    await one.shown("refund-revealed");
    await one.page.goto(`${shop}/orders`);
    await one.shown("my-orders");
    await one.page.locator('a[href*="/o/"]').first().click();
    assert.equal(one.page.url(), address, "the browser finds its order again");
    await one.context.close();
  });

  test(named("a product that asks is answered"), async () => {
    const one = await visit(side, { javaScriptEnabled: width === 1280 });
    const { page, shown } = one;
    await page.goto(`${usual.merchants[1].shop_url}?lang=${language}`);
    await shown("shelves");
    assert.ok((await page.locator("section.shelf h2").count()) > 1, "the shop has shelves");
    await page.locator('a[href*="/p/"]:has(img[src*="/cake."])').click();
    await shown("cake");
    await page.locator('form[action*="/checkout"] button').first().click();
    await page.locator("#f-input-phone").fill("1380013");
    await page.locator("#f-input-greeting").fill("小明生日快乐");
    for (const box of await page.locator("main form input[type=checkbox]").all()) await box.check();
    await page.locator("main form button").last().click();
    await page.locator('[aria-invalid="true"]').waitFor();
    await shown("answer-unfit");
    assert.equal(await page.locator('[aria-invalid="true"]').getAttribute("id"), "f-input-phone");
    assert.equal(await page.locator("#f-input-greeting").inputValue(), "小明生日快乐");
    await page.locator("#f-input-phone").fill("13800000000");
    await place(page);
    await page.waitForURL(/\/o\//);
    await settle(one, page.url(), "pay", "answered");
    assert.ok((await page.locator("main").innerText()).includes("138****0000"));
    assert.equal(await page.locator("ol.steps li").count(), 3, "the guide has its steps");
    await one.context.close();
  });

  test(named("an unseen code goes back"), async () => {
    // Half of the buyers have no JavaScript.
    const one = await visit(side, { javaScriptEnabled: width === 1280 });
    const address = await order(one, shop);
    await settle(one, address, "pay", "paid");
    await one.page.locator('a[href$="/refunds"]').first().click();
    await one.shown("refund");
    await one.page.locator("main form button").last().click();
    await one.page.waitForURL(/\/refunds$/);
    await one.shown("refund-asked");
    await one.page.goto(address);
    await one.shown("refunded");
    assert.equal(await reveals(one.page).count(), 0, "what went back cannot be viewed");
    await one.context.close();
  });

  test(named("a refused payment leaves the order payable"), async () => {
    const one = await visit(side);
    const address = await order(one, shop);
    await settle(one, address, "fail", "refused");
    await one.page.locator("main a.go").click();
    await settle(one, address, "pay", "paid-after-all");
    assert.equal(await reveals(one.page).count(), 1, "the goods came");
    await one.context.close();
  });

  test(named("the last one is sold once"), async () => {
    const product = await stocked(usual, 1, 1);
    const [slow, fast] = [await visit(side), await visit(side)];
    await slow.page.goto(`${product}?lang=${language}`);
    await slow.page.locator('form[action*="/checkout"] button').first().click();
    await order(fast, product);
    await place(slow.page);
    await slow.page.locator("main a.go").waitFor();
    assert.equal(await slow.page.locator('input[name="once"]').count(), 0, "there is nothing left to order");
    await slow.shown("sold-out");
    await slow.page.goto(product);
    await slow.shown("product-sold-out");
    await slow.page.goto(usual.merchants[1].shop_url);
    await slow.shown("shop-local");
    await slow.context.close();
    await fast.context.close();
  });
}

test("an order that nobody pays expires", async () => {
  const shop = hasty.merchants[0].shop_url;
  const waiting = [];
  for (const side of sides) {
    const one = await visit(side);
    waiting.push([one, await order(one, shop)]);
  }
  for (const [one, address] of waiting) {
    const payable = async () => {
      await one.page.goto(address);
      return one.page.locator('form[action$="/pay"]').count();
    };
    const until = Date.now() + 20_000;
    while (await payable()) assert.ok(Date.now() < until, "the order does not expire");
    await one.shown("expired");
    assert.equal(await one.page.locator('main a.go[href*="/p/"]').count(), 1, "it can be ordered again");
    await one.context.close();
  }
});
