// A buyer's voucher from the shop to the till: bought on a phone, shown as a ticket, redeemed by typing and by a camera, taken
// back. The staff's device is paired by a link and unlocked by the PIN of its store.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
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
  await page.locator('form[action$="/redeem"] button.go').click();
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
      await till.page.locator('form[action$="/redeem"] button.go').click();
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

for (const language of languages) {
  test(`an order is found again by number and secret on another phone, in ${language}`, async () => {
    const [old, phone] = [await visit(language), await visit(language)];
    const address = await order(old, await listed("code", `again ${language}`));
    await settle(old, address, "pay", "tickets-to-find");
    // What is copied is what is typed elsewhere.
    await old.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(shop.url).origin });
    await old.page.locator(".note [data-copy]").click();
    const copied = await old.page.evaluate(() => navigator.clipboard.readText());
    const [number, secret] = [/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/, /[0-9A-Z]{4}-[0-9A-Z]{4}$/].map((one) => copied.match(one)[0]);

    await phone.page.goto(`${shop.merchants[0].shop_url}?lang=${language}`);
    await phone.page.locator('main a[href$="/lookup"]').click();
    await phone.shown("lookup");
    const find = async (typed) => {
      await phone.page.locator('input[name="number"]').fill(number.toLowerCase().replaceAll("-", " "));
      await phone.page.locator('input[name="secret"]').fill(typed);
      await phone.page.locator("main form button").click();
    };
    await find(secret.slice(0, -1) + (secret.endsWith("7") ? "8" : "7"));
    await phone.page.locator('[role="alert"]').waitFor();
    await phone.shown("lookup-unknown");
    assert.equal(await phone.page.locator('input[name="secret"]').inputValue(), "", "the secret is typed anew");
    await find(secret.toLowerCase().replace("-", ""));
    await phone.page.waitForURL(address);
    await phone.page.locator("header nav a").first().click();
    await phone.shown("owned");
    await phone.page.locator('section li a[href*="/vouchers/"]').click();
    assert.equal(await phone.page.locator(".punches i").count(), 3, "the ticket is there");
    await Promise.all([old.context.close(), phone.context.close()]);
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

test("a printed sheet shows every code, to read and to scan", async () => {
  const post = caller(shop, 0);
  const json = (body) => ["application/json", JSON.stringify(body)];
  const made = await post("/v1/products", ...json({
    name: "印刷券", skus: [{ kind: "voucher", name: "一次", price: { amount: 100, currency: "CNY" }, voucher: { type: "count", uses: 1 } }],
  }));
  const begun = await post("/v1/vouchers", ...json({ sku: made.skus[0].id, quantity: 1001 }));
  for (let run = begun; run.state !== "done"; run = await post(`/v1/voucher-runs/${begun.id}`)) await new Promise((done) => setTimeout(done, 50));
  const file = async (format) => {
    const headers = { authorization: `Bearer ${shop.merchants[0].secret_key}`, "content-type": "application/json" };
    const body = JSON.stringify({ format, from: 1, quantity: 30 });
    const answer = await fetch(`${shop.url}/v1/voucher-runs/${begun.id}/file`, { method: "POST", headers, body });
    assert.equal(answer.status, 200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const rows = (await file("csv")).toString("utf8").trim().split("\r\n").slice(1);
  const codes = rows.map((row) => row.split(",")[1]);
  assert.equal(new Set(codes).size, 30);

  // Firefox's reader of PDF draws the sheets in a page of its own.
  const context = await chromium.newContext();
  const page = await context.newPage();
  const pdfjs = join(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"), "..");
  const types = { html: "text/html", mjs: "text/javascript", pdf: "application/pdf" };
  const sheet = await file("pdf");
  await context.route("http://sheets.test/**", async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || "index.html";
    const body = name === "index.html" ? "<!doctype html><canvas></canvas>" : name === "sheet.pdf" ? sheet : await readFile(join(pdfjs, name));
    await route.fulfill({ body, contentType: types[name.split(".").at(-1)] ?? "application/octet-stream" });
  });
  await page.goto("http://sheets.test/");
  const drawn = await page.evaluate(async () => {
    const pdf = await import("http://sheets.test/legacy/build/pdf.mjs");
    pdf.GlobalWorkerOptions.workerSrc = "http://sheets.test/legacy/build/pdf.worker.mjs";
    const sheets = await pdf.getDocument({
      url: "http://sheets.test/sheet.pdf",
      cMapUrl: "http://sheets.test/cmaps/", cMapPacked: true, standardFontDataUrl: "http://sheets.test/standard_fonts/",
    }).promise;
    const all = [];
    for (let n = 1; n <= sheets.numPages; n++) {
      const one = await sheets.getPage(n);
      const viewport = one.getViewport({ scale: 3 });
      const canvas = document.querySelector("canvas");
      [canvas.width, canvas.height] = [viewport.width, viewport.height];
      await one.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
      const text = (await one.getTextContent()).items.map((item) => item.str);
      all.push({ picture: canvas.toDataURL("image/png").split(",")[1], text });
    }
    return all;
  });
  assert.equal(drawn.length, 2, "28 on a sheet");
  assert.ok(drawn[0].text.join("").includes("印刷券"), "the title is Chinese");
  const read = [];
  for (const { picture, text } of drawn) {
    const png = PNG.sync.read(Buffer.from(picture, "base64"));
    for (const code of codes.filter((code) => text.includes(code))) read.push([code, png]);
  }
  assert.deepEqual(read.map(([code]) => code), codes, "every code can be read");
  // Each code by itself: a reader of QR codes finds one in a picture.
  const found = [];
  for (const [i, code] of codes.entries()) {
    const [at, png] = [i % 28, read[i][1]];
    const [width, height, scale] = [(595 - 72) / 4, (842 - 72 - 18) / 7, 3];
    const [left, top] = [Math.round((36 + width * (at % 4)) * scale), Math.round((36 + 18 + height * Math.floor(at / 4)) * scale)];
    const [w, h] = [Math.floor(width * scale), Math.floor(height * scale)];
    const cut = new Uint8ClampedArray(w * h * 4);
    for (let y = 0; y < h; y++) cut.set(png.data.subarray(((top + y) * png.width + left) * 4, ((top + y) * png.width + left + w) * 4), y * w * 4);
    found.push(jsqr(cut, w, h)?.data === code);
  }
  assert.deepEqual(found, codes.map(() => true), "every code can be scanned");
  await context.close();
});
