// The largest contentful paint of each page of the demo is below a second, with a cold cache. Of three loads the
// best one counts, because what else the machine does is not the page's fault: it runs after all others, alone. The
// figures are kept in `target/e2e/lcp.json`.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buyer, demo, order, pictures, settle } from "./demo.mjs";
import { browser, languages, widths } from "./gallery.mjs";

const LOADS = 3;
const MOST_MS = 1_000;
const figures = {};
let shops, shop, chromium;

before(async () => {
  [shops, chromium] = await Promise.all([demo(), browser()]);
  shop = shops.merchants[0].shop_url;
});

after(async () => {
  await chromium?.close();
  await shops?.stop();
  await writeFile(join(pictures, "lcp.json"), `${JSON.stringify(figures, undefined, 2)}\n`);
});

/** The paint and the bytes of one load by a browser that keeps its cookies but nothing else. */
async function load(width, storageState, address, press) {
  const context = await chromium.newContext({ viewport: { width, height: 800 }, storageState });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = (list) => { window.paint = list.getEntries().at(-1).startTime; };
    new PerformanceObserver(seen).observe({ type: "largest-contentful-paint", buffered: true });
  });
  await page.goto(address);
  if (press) await page.locator(press).click();
  await page.waitForFunction(() => document.readyState === "complete" && window.paint !== undefined);
  const found = await page.evaluate(() => {
    const [document] = performance.getEntriesByType("navigation");
    const others = performance.getEntriesByType("resource");
    return { ms: Math.round(window.paint), html: document.transferSize, all: others.reduce((sum, one) => sum + one.transferSize, document.transferSize) };
  });
  await context.close();
  return found;
}

for (const width of widths) {
  const language = languages[widths.indexOf(width)];
  test(`pages paint within a second: ${language} ${width} px`, async () => {
    const one = await buyer(chromium, language, width);
    const unpaid = await order(one, shop);
    const checkout = `${shop}/checkout?sku=${shops.merchants[0].skus[0].id}`;
    await one.page.goto(shop);
    const product = await one.page.locator('a[href*="/p/"]').first().getAttribute("href");
    const address = await order(one, shop);
    await settle(one, address, "pay", "paid");
    const cookies = await one.context.storageState();
    await one.context.close();
    const pages = [
      ["shop", shop], ["product", new URL(product, shop).href], ["checkout", checkout], ["choose-payment", unpaid],
      ["paid", address], ["revealed", address, 'form[action$="/reveal"] button'], ["refund", `${address}/refunds`],
      ["my-orders", `${shop}/orders`],
    ];
    for (const [name, at, press] of pages) {
      let best;
      for (let n = 0; n < LOADS; n += 1) {
        const found = await load(width, cookies, at, press);
        if (best === undefined || found.ms < best.ms) best = found;
      }
      figures[`${name} ${width}`] = best;
      assert.ok(best.ms < MOST_MS, `${name} took ${best.ms} ms`);
    }
  });
}
