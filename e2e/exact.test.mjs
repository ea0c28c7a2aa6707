// What is shown is the code, character by character: as text, as what a hand selects, as what the button copies,
// as what a camera reads. Codes of the demo for one value, the gallery for named fields and several lines.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { buyer, demo, order, settle, stock } from "./demo.mjs";
import { browser, serve } from "./gallery.mjs";

const codes = [
  "Ab-9-xY--Z", "6F7G8H9JKLMN", "a  b   c", "0O1lI|", `<b>&amp;"'\``, "卡密一二三四五六", "e\u0301e\u0301 é", "👍🏽😀",
  "שלום-مرحبا", "\\n%20+&lt;/code>", "https://redeem.example/g?a=1&b=%20#x", "----====fi->=>",
  "{{ w.copy }}", "A".repeat(120), "~!@#$%^&*()_+",
];
let shop, gallery, chromium;

before(async () => {
  [shop, gallery, chromium] = await Promise.all([demo(), serve(), browser()]);
});

after(async () => {
  await chromium?.close();
  await Promise.all([shop?.stop(), gallery?.stop()]);
});

/** What a camera reads of a picture of the page. */
async function scanned(element) {
  const { data, width, height } = PNG.sync.read(await element.screenshot({ scale: "css" }));
  const found = jsqr(new Uint8ClampedArray(data), width, height);
  return found && Buffer.from(found.binaryData).toString("utf8");
}

/** Asserts that every way to take the values of a page gives the same; gives them. */
async function taken(page) {
  const values = [];
  for (const value of await page.locator(".code").all()) {
    const code = value.locator("code");
    const text = await code.evaluate((element) => element.textContent);
    assert.equal(await code.innerText(), text, "what is read");
    const selected = await code.evaluate((element) => {
      getSelection().selectAllChildren(element);
      return getSelection().toString();
    });
    assert.equal(selected, text, "what is selected");
    await page.evaluate(() => getSelection().removeAllRanges());
    await code.click();
    await page.keyboard.press("ControlOrMeta+c");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text, "what is copied by hand");
    await page.evaluate(() => navigator.clipboard.writeText("nothing"));
    const button = value.locator("xpath=following-sibling::button[1]");
    await button.click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "nothing");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text, "what the button copies");
    values.push(text);
  }
  return values;
}

test("every kind of character is shown, selected, copied and scanned as it was sold", async () => {
  const product = await stock(shop, 0, codes);
  const one = await buyer(chromium, "zh-CN", 1280, { permissions: ["clipboard-read", "clipboard-write"] });
  const seen = [];
  while (seen.length < codes.length) {
    const address = await order(one, product);
    await settle(one, address, "pay", "exact-paid");
    await one.page.locator('form[action$="/reveal"] button').click();
    const values = await taken(one.page);
    assert.equal(values.length, 1);
    assert.equal(await scanned(one.page.locator("svg.qr")), values[0], "what a camera reads");
    await one.shown(`exact-${seen.length}`);
    seen.push(...values);
  }
  assert.deepEqual([...seen].sort(), codes.map((code) => code.normalize("NFC")).sort(), "composed, and else as it was");
  await one.context.close();
});

test("fields and several lines are what they are", async () => {
  const one = await buyer(chromium, "en", 375, { permissions: ["clipboard-read", "clipboard-write"] });
  await one.page.goto(`${gallery.url}/en/order-fields.html`);
  const values = await taken(one.page);
  assert.deepEqual(values, ["galaxy-0471@mail.example", "Ab-9-xY--Z", "1. open  the app\n2. enter: <7 & 8>"]);
  assert.equal(await scanned(one.page.locator("svg.qr")), values[1], "the secret among them");
  await one.shown("exact-fields");
  await one.context.close();
});

test("a large order is copied whole, saved whole, and scanned one by one", async () => {
  const many = Array.from({ length: 12 }, (_, n) => `MANY-${n}--x`);
  const product = await stock(shop, 0, many);
  const one = await buyer(chromium, "zh-CN", 375, { permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = one;
  await page.goto(`${product}?lang=zh-CN`);
  await page.locator('form[action*="/checkout"] button').first().click();
  await page.locator("#quantity").selectOption("12");
  for (const box of await page.locator("main form input[type=checkbox]").all()) await box.check();
  await page.locator("main form button").last().click();
  await page.waitForURL(/\/o\//);
  assert.ok((await page.locator("main").innerText()).includes("没有为你保留库存"), "more than half is not held");
  await one.shown("not-held");
  await settle(one, page.url(), "pay", "many-paid");
  await page.locator('form[action$="/reveal"] button').click();
  await page.locator("[data-all]").click();
  await page.waitForFunction(() => navigator.clipboard.readText());
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  assert.deepEqual([...copied].sort(), [...many].sort());
  await one.shown("many-revealed");
  const [download] = await Promise.all([
    page.waitForEvent("download"), page.locator('form[action$="/file"] button').click(),
  ]);
  assert.match(download.suggestedFilename(), /\.txt$/);
  const saved = await (await import("node:fs/promises")).readFile(await download.path(), "utf8");
  assert.deepEqual(saved.trimEnd().split("\n"), copied);
  await page.locator(".codes button").nth(6).click();
  assert.equal(await scanned(page.locator("svg.qr")), copied[6]);
  await one.shown("many-one-scanned");
  await one.context.close();
});
