// A buyer's voucher from the shop to the till: bought on a phone, shown as a ticket, redeemed by typing and by a camera, taken
// back. The staff's device is paired by a link and unlocked by the PIN of its store.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { buyer, caller, demo, order, settle } from "./demo.mjs";
import { browser, languages } from "./gallery.mjs";

const PHONE = { width: 390, options: { isMobile: true, hasTouch: true } };

let shop, chromium, folder;

before(async () => {
  [shop, chromium, folder] = await Promise.all([demo(), browser(), mkdtemp(join(tmpdir(), "tessera-camera-"))]);
});

after(async () => {
  await chromium?.close();
  await shop?.stop();
  await rm(folder, { recursive: true, force: true });
});

const visit = (language, from = chromium) => buyer(from, language, PHONE.width, { locale: language, looked: true, ...PHONE.options });
const path = (url) => new URL(url).pathname;

/** The page of a product whose vouchers count uses, and are shown so. */
async function listed(present, language) {
  const post = caller(shop, 0);
  const terms = { voucher: { type: "count", uses: 3 }, present, stores: [shop.stores[0].id] };
  const made = await post("/v1/products", "application/json", JSON.stringify({
    name: `观影券 ${present} ${language}`, en: { name: `Films ${present} ${language}` }, picture: "cinema",
    skus: [{ kind: "voucher", name: "3 次", en: { name: "Three" }, price: { amount: 9900, currency: "CNY" }, ...terms }],
  }));
  return `${shop.merchants[0].shop_url}/p/${made.id}`;
}

/** A browser at an unlocked device of the first store. */
async function staff(language, from) {
  const add = caller(shop, 0);
  const device = await add("/v1/devices", "application/json", JSON.stringify({ store: shop.stores[0].id, name: "收银台" }));
  const one = await visit(language, from);
  await one.page.goto(`${device.url}&lang=${language}`);
  await one.shown("till-pair");
  await one.page.locator('form[action$="/pair"] button').click();
  await one.page.locator('input[name="pin"]').fill("000000");
  await one.page.locator('form[action$="/unlock"] button').click();
  await one.page.locator('[role="alert"]').waitFor();
  await one.shown("till-wrong-pin");
  await one.page.locator('input[name="pin"]').fill(shop.stores[0].pin);
  await one.page.locator('form[action$="/unlock"] button').click();
  await one.page.locator('input[name="code"]').waitFor();
  await one.shown("till");
  return one;
}

/** Types what is shown, looks, takes so many uses. */
async function redeem({ page, shown }, code, uses) {
  await page.locator('input[name="code"]').fill(code);
  await page.locator('form[action$="/look"] button.go').click();
  await page.locator('input[name="taken"]').fill(String(uses));
  await shown("till-found");
  await page.locator('form[action$="/redeem"] button').click();
}

/** What a camera reads of the ticket's code. */
async function scanned(page) {
  const png = PNG.sync.read(await page.locator("svg.qr").screenshot({ scale: "css" }));
  const found = jsqr(new Uint8ClampedArray(png.data), png.width, png.height);
  assert.ok(found, "the code can be scanned");
  return { png, text: found.data };
}

/** A film of one picture, as a camera would send it: luma of the middle, no colour. */
async function film({ data, width, height }) {
  const [W, H] = [640, 480];
  const luma = Buffer.alloc(W * H, 235);
  const [left, top] = [(W - width) >> 1, (H - height) >> 1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [at, grey] = [(y + top) * W + x + left, data[(y * width + x) * 4]];
      if (y + top >= 0 && y + top < H && x + left >= 0 && x + left < W) luma[at] = 16 + (grey * 219) / 255;
    }
  }
  const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, Buffer.alloc((W * H) / 2, 128)]);
  const file = join(folder, "camera.y4m");
  await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${W} H${H} F10:1 Ip A1:1 C420jpeg\n`), ...Array(20).fill(frame)]));
  return file;
}

for (const language of languages) {
  test(`a ticket is shown, redeemed by typing, and taken back, in ${language}`, async () => {
    const holder = await visit(language);
    const address = await order(holder, await listed("code", language));
    await settle(holder, address, "pay", "tickets");
    await holder.page.locator('a[href*="/vouchers/"]').first().click();
    await holder.shown("ticket");
    assert.equal(await holder.page.locator(".punches i").count(), 3);
    assert.equal(await holder.page.locator("svg.qr").count(), 0, "nothing is shown before the button");
    await holder.page.locator('form[action*="/vouchers/"] button').click();
    const { text } = await scanned(holder.page);
    await holder.shown("ticket-code");
    assert.equal(text, await holder.page.locator(".digits").innerText());

    const till = await staff(language);
    await redeem(till, text.toLowerCase().replaceAll("-", " "), 2);
    await till.page.locator('form[action*="/reverse/"] button').waitFor();
    await till.shown("till-done");
    // The holder's page hears of it by itself.
    await holder.page.waitForURL((url) => url.pathname.includes("/vouchers/") && !url.search);
    await holder.page.locator(".punches i.out").nth(1).waitFor();
    assert.equal(await holder.page.locator(".moves li").count(), 1);
    await holder.shown("ticket-used");

    await till.page.locator('form[action*="/reverse/"] button').click();
    await till.shown("till-reversed");
    await holder.page.reload();
    assert.equal(await holder.page.locator(".punches i.out").count(), 0);
    await till.page.locator('a[href$="/today"]').click();
    await till.shown("till-today");
    assert.equal(await till.page.locator(".moves li").count(), language === languages[0] ? 1 : 3);
    await till.page.locator('form[action$="/lock"] button').click();
    await till.page.locator('input[name="pin"]').waitFor();
    await Promise.all([holder.context.close(), till.context.close()]);
  });

  test(`a live code is read by the camera once, in ${language}`, async () => {
    const holder = await visit(language);
    const address = await order(holder, await listed("live", language));
    await settle(holder, address, "pay", "tickets-live");
    await holder.page.locator('a[href*="/vouchers/"]').first().click();
    await holder.page.locator('form[action*="/vouchers/"] button').click();
    const { png, text } = await scanned(holder.page);
    await holder.shown("ticket-live");
    assert.match(text, /^\d{8}$/);

    const camera = await film(png);
    const eyes = await browser("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${camera}`);
    try {
      const till = await staff(language, eyes);
      await till.context.grantPermissions(["camera"], { origin: new URL(shop.url).origin });
      await till.page.locator("#scan").click();
      await till.page.locator('input[name="taken"]').waitFor();
      assert.equal(path(till.page.url()).split("/").at(-1), "look");
      await till.page.locator('form[action$="/redeem"] button').click();
      await till.page.locator('form[action*="/reverse/"] button').waitFor();
      await holder.page.locator(".punches i.out").first().waitFor();
      // The same picture again: it was used.
      await till.page.locator("main a.go").click();
      await till.page.locator("#scan").click();
      await till.page.locator('[role="alert"]').waitFor();
      await till.shown("till-over");
    } finally {
      await eyes.close();
    }
    await holder.context.close();
  });
}

test("a live code changes by itself before it is over", async () => {
  const holder = await visit("zh-CN");
  const address = await order(holder, await listed("live", "again"));
  await settle(holder, address, "pay", "tickets-again");
  await holder.page.locator('a[href*="/vouchers/"]').first().click();
  await holder.page.locator('form[action*="/vouchers/"] button').click();
  const first = await holder.page.locator(".digits").innerText();
  // As if the minute were nearly over.
  await holder.page.locator(".digits").evaluate((digits) => { digits.dataset.seconds = "6"; });
  await holder.page.waitForFunction((before) => document.querySelector(".digits").innerText !== before, first);
  assert.match(await holder.page.locator(".digits").innerText(), /^\d{4} \d{4}$/);
  await holder.context.close();
});
