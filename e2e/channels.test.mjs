// A buyer pays through payment channels at the sandbox, as he would at the channels: with a desktop and the phone beside
// it, on a phone, inside WeChat. He is refused, pays late, pays twice, goes back by the browser's button.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { buyer, control, demo, order } from "./demo.mjs";
import { browser, languages } from "./gallery.mjs";

const PHONE = "Mozilla/5.0 (Linux; Android 13; Pixel 5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36";
const WECHAT = `${PHONE} MicroMessenger/8.0.44(0x28002c37) NetType/WIFI Language/zh_CN`;
const phone = { userAgent: PHONE, isMobile: true, hasTouch: true };
const wechat = { userAgent: WECHAT, isMobile: true, hasTouch: true };
const NARROW = 390;
const WIDE = 1280;

let usual, hasty, chromium;

before(async () => {
  [usual, hasty, chromium] = await Promise.all([demo(), demo("--hold-seconds", "4"), browser()]);
});

after(async () => {
  await chromium?.close();
  await Promise.all([usual?.stop(), hasty?.stop()]);
});

const visit = (width, { language = "zh-CN", ...options } = {}) => buyer(chromium, language, width, { locale: language, ...options });

const goods = (page) => page.locator('form[action$="/reveal"] button');
const offered = (page) => page.locator('input[name="method"]').evaluateAll((all) => all.map((one) => one.value));
const atSandbox = (page, { sandbox }) => page.waitForURL((url) => url.origin === sandbox.url);
const press = (page, action) => page.locator(`button[value="${action}"]`).first().click();

/** Chooses a way on the cashier. */
async function choose(page, method) {
  await page.locator(`input[name="method"][value="${method}"]`).check({ force: true });
  await page.locator('form[action$="/pay"] button').click();
}

/** The newest payment of an order's page. */
const paymentOf = (page) => /\/pay\/(pay_\w+)/.exec(page.url())[1];

/** What a camera reads of the code on a page. */
async function scanned(page) {
  const { data, width, height } = PNG.sync.read(await page.locator("svg.qr").screenshot({ scale: "css" }));
  const found = jsqr(new Uint8ClampedArray(data), width, height);
  assert.ok(found, "the code can be scanned");
  return Buffer.from(found.binaryData).toString("utf8");
}

/** The payer's phone, which opens what a code says, in a browser of its own. */
async function scan({ sandbox }, text) {
  const payer = await buyer(chromium, "zh-CN", NARROW, phone);
  const page = text.startsWith("weixin:") ? `${sandbox.url}/cashier?code=${encodeURIComponent(text)}` : text;
  await payer.page.goto(page);
  return payer;
}

for (const language of languages) {
  for (const method of ["wechat_native", "alipay_qr"]) {
    test(`${method}, ${language}: a phone scans the code, and the page goes on by itself`, async () => {
      const one = await visit(WIDE, { language, looked: true });
      await order(one, usual.merchants[0].shop_url);
      assert.deepEqual((await offered(one.page)).filter((way) => way !== "test"), ["wechat_native", "alipay_qr", "stripe"]);
      await choose(one.page, method);
      await one.page.waitForURL(/\/pay\/pay_/);
      await one.shown(`channel-${method}`);
      const payer = await scan(usual, await scanned(one.page));
      await payer.shown(`sandbox-${method}`);
      await press(payer.page, "pay");
      await goods(one.page).waitFor();
      await one.shown(`channel-${method}-paid`);
      await one.context.close();
      await payer.context.close();
    });
  }
}

for (const [method, language] of [["wechat_native", "zh-CN"], ["alipay_qr", "en"]]) {
  test(`${method}, ${language}: without a phone the link beside the code leads to the sandbox, and the page goes on by itself`, async () => {
    const one = await visit(WIDE, { language, looked: true });
    await order(one, usual.merchants[0].shop_url);
    await choose(one.page, method);
    await one.page.waitForURL(/\/pay\/pay_/);
    const link = one.page.getByRole("link", { name: language === "en" ? "Pay at the sandbox (test)" : "去沙箱收银台付款（测试）" });
    const opened = one.context.waitForEvent("page");
    await link.click({ modifiers: ["ControlOrMeta"] });
    const sandbox = await opened;
    await atSandbox(sandbox, usual);
    await press(sandbox, "pay");
    // The window stays open: closing it while it goes on to its next page has hung the browser.
    await one.page.bringToFront();
    await goods(one.page).waitFor();
    await sandbox.waitForLoadState();
    await one.shown(`channel-${method}-by-link`);
    await one.context.close();
  });
}

test("stripe on a desktop: to its page, and back to the goods", async () => {
  const one = await visit(WIDE, { language: "en", looked: false });
  await order(one, usual.merchants[0].shop_url);
  await choose(one.page, "stripe");
  await atSandbox(one.page, usual);
  await one.shown("sandbox-stripe");
  await press(one.page, "pay");
  await one.page.waitForURL(/\/o\//);
  await goods(one.page).waitFor();
  await one.context.close();
});

for (const method of ["wechat_h5", "alipay_wap", "stripe"]) {
  test(`${method} on a phone: away, paid, and back to the goods`, async () => {
    const one = await visit(NARROW, { ...phone, looked: true });
    await order(one, usual.merchants[0].shop_url);
    assert.deepEqual((await offered(one.page)).filter((way) => way !== "test"), ["wechat_h5", "alipay_wap", "stripe"]);
    await choose(one.page, method);
    await atSandbox(one.page, usual);
    await press(one.page, "pay");
    await one.page.waitForURL(/\/o\//);
    await goods(one.page).waitFor();
    await goods(one.page).click();
    await one.page.locator("code").first().waitFor();
    await one.shown(`channel-${method}-goods`);
    await one.context.close();
  });
}

test("inside WeChat only WeChat is offered: he is asked who he is, pays in its window, and is back at the goods", async () => {
  const one = await visit(NARROW, { ...wechat, looked: true });
  await order(one, usual.merchants[0].shop_url);
  assert.deepEqual((await offered(one.page)).filter((way) => way !== "test"), ["wechat_jsapi"]);
  const asked = [];
  one.page.on("request", (request) => request.isNavigationRequest() && asked.push(request.url()));
  await choose(one.page, "wechat_jsapi");
  await one.page.waitForURL(/\/cashier\//);
  assert.ok(asked.some((url) => url.includes("/connect/oauth2/authorize") && url.includes("snsapi_base")), "the OAuth hop");
  assert.ok(asked.some((url) => url.includes("/cashier/jsapi") && url.includes("paySign")), "the bridge's parameters");
  assert.ok(!asked.some((url) => /openid|secret/i.test(new URL(url).search)), "no address tells who he is");
  await one.shown("sandbox-wechat_jsapi");
  await press(one.page, "pay");
  await one.page.waitForURL(/\/o\//);
  await goods(one.page).waitFor();
  await one.shown("channel-wechat_jsapi-paid");
  await one.context.close();
});

for (const [method, width, options] of [["alipay_wap", NARROW, phone], ["wechat_h5", NARROW, phone], ["stripe", WIDE, {}]]) {
  test(`${method}: refused at the channel, he comes back to an order that can be paid another way`, async () => {
    const one = await visit(width, { ...options, looked: true });
    const address = await order(one, usual.merchants[0].shop_url);
    await choose(one.page, method);
    await atSandbox(one.page, usual);
    await press(one.page, "fail");
    await one.shown(`sandbox-${method}-refused`);
    await one.page.goto(`${address}?from=cashier`);
    await one.shown(`channel-${method}-back-unpaid`);
    assert.equal(await goods(one.page).count(), 0, "nothing was paid and nothing is given");
    await one.page.goto(address);
    const again = one.page.locator('main a.go[href*="from=refused"]');
    if (await again.count()) await again.click();
    await choose(one.page, "test");
    await one.page.waitForURL(/\/test-pay\//);
    await press(one.page, "pay");
    await one.page.goto(address);
    await goods(one.page).waitFor();
    await one.context.close();
  });
}

test("back by the browser's button: the way stays open, no loop leads away, and nothing is charged twice", async () => {
  const one = await visit(NARROW, { ...phone, looked: true });
  const address = await order(one, usual.merchants[0].shop_url);
  const led = one.page.waitForRequest(/\/pay\/pay_/);
  await choose(one.page, "alipay_wap");
  const way = (await led).url();
  await atSandbox(one.page, usual);
  await one.page.goBack();
  // On the page that led there or before it, whichever his browser keeps.
  await one.page.waitForURL((url) => url.href.startsWith(address));
  await one.page.waitForTimeout(2500);
  assert.ok(one.page.url().startsWith(address), "he isn't sent away again");
  await one.page.goto(way);
  await one.shown("channel-leave");
  assert.equal(one.page.url(), way, "nor when he opens the way once more");
  await one.page.locator("#leave").click();
  await atSandbox(one.page, usual);
  await press(one.page, "pay");
  await goods(one.page).waitFor();
  // Back over the channel's page to what led there: wherever he stops, the order is paid, and paying again leads to it.
  await one.page.goBack();
  if (new URL(one.page.url()).origin === usual.sandbox.url) await one.page.goBack();
  assert.ok(one.page.url().startsWith(address), one.page.url());
  const again = one.page.locator('form[action$="/pay"] button');
  await again.or(goods(one.page)).first().waitFor();
  if (await again.count()) await again.click();
  await goods(one.page).waitFor();
  const books = await (await fetch(`${usual.sandbox.url}/control/books`)).json();
  const charged = books.payments.filter((payment) => payment.channel === "alipay" && payment.state === "paid");
  assert.ok(charged.every((payment) => payment.charges.length === 1), "each was charged once");
  await one.context.close();
});

test("another way is chosen halfway and both are paid: the goods come once, the second money goes back", async () => {
  const one = await visit(WIDE, { looked: true });
  await order(one, usual.merchants[0].shop_url);
  await choose(one.page, "wechat_native");
  await one.page.waitForURL(/\/pay\/pay_/);
  const first = paymentOf(one.page);
  await one.page.locator("main .acts a").last().click();
  await choose(one.page, "alipay_qr");
  await one.page.waitForURL((url) => url.pathname.includes("/pay/pay_") && !url.pathname.includes(first));
  const second = paymentOf(one.page);
  await control(usual, `payments/${second}`, { action: "pay" });
  await goods(one.page).waitFor();
  await control(usual, `payments/${first}`, { action: "pay_after", seconds: 0 });
  const went = one.page.locator("main").getByText(/原路退回|退回|已退/);
  const end = Date.now() + 15_000;
  for (;;) {
    await one.page.reload();
    if ((await went.count()) > 0) break;
    assert.ok(Date.now() < end, "the second money is told of");
    await one.page.waitForTimeout(300);
  }
  await one.shown("channel-paid-twice");
  assert.equal(await goods(one.page).count(), 1);
  await one.context.close();
});

test("paid after the order's time was over: what is still there is given", async () => {
  const one = await visit(NARROW, { ...phone, looked: true });
  const address = await order(one, hasty.merchants[0].shop_url);
  const led = one.page.waitForRequest(/\/pay\/pay_/);
  await choose(one.page, "alipay_wap");
  const [, number] = /\/pay\/(pay_\w+)/.exec((await led).url());
  await atSandbox(one.page, hasty);
  await control(hasty, `payments/${number}`, { action: "pay_after", seconds: 9 });
  const expired = async () => {
    await one.page.goto(address);
    return (await one.page.locator('main a.go[href*="/p/"]').count()) === 1;
  };
  const end = Date.now() + 20_000;
  while (!(await expired())) {
    assert.ok(Date.now() < end, "the order does not expire");
    await one.page.waitForTimeout(250);
  }
  await one.shown("channel-expired");
  while ((await goods(one.page).count()) === 0) {
    assert.ok(Date.now() < end, "the late money brings no goods");
    await one.page.waitForTimeout(300);
    await one.page.goto(address);
  }
  await one.shown("channel-late-goods");
  await one.context.close();
});

test("a channel that does not answer is told before anything is charged, and another way is there", async () => {
  await control(usual, "faults", { channel: "stripe", fault: "500" });
  try {
    const one = await visit(NARROW, { ...phone, looked: true });
    await order(one, usual.merchants[0].shop_url);
    await choose(one.page, "stripe");
    await one.page.getByText("没有扣款").waitFor();
    await one.shown("channel-silent");
    await choose(one.page, "alipay_wap");
    await atSandbox(one.page, usual);
    await one.context.close();
  } finally {
    await control(usual, "faults", { channel: "stripe", fault: "none" });
  }
});
