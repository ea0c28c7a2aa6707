// Vouchers in the console: found by a code, a whole life on one page, taken back with a reason, made and printed once, the
// end of a store's day, and what was sold and is not used.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { stage, visitor } from "./demo.mjs";

const on = stage({ filled: true });
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PHONE = { viewport: { width: 375, height: 800 } };

const person = (role, options) => visitor(on.browser, on.shop.ready, { email: `${role}@galaxy.example`, ...options });

/** A call as the merchant's program makes it; what is refused is answered, too. */
async function api(path, body) {
  const { url, merchants } = on.shop.ready;
  const headers = {
    authorization: `Bearer ${merchants[0].secret_key}`,
    "content-type": "application/json",
    "idempotency-key": crypto.randomUUID(),
  };
  const init = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
  const answer = await fetch(url + path, init);
  return { status: answer.status, body: await answer.json() };
}

async function good(path, body) {
  const answer = await api(path, body);
  assert.ok(answer.status < 300, `${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const yuan = amount => ({ amount, currency: "CNY" });

/** A voucher of the demo's film ticket, bought; by its id and its code. */
async function bought(external_id) {
  const { template } = on.seeded.vouchers;
  await good("/v1/wallet-credits", { buyer: { external_id }, amount: yuan(20_000) });
  const lines = [{ sku: template, quantity: 1 }];
  const order = await good("/v1/orders", { buyer: { external_id }, lines, pay: { method: "wallet" }, channel: "api" });
  return { order, ...order.deliveries[0].voucher };
}

/** Takes a file that an act gives, as text. */
async function taken(page, act) {
  const [file] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: file.suggestedFilename(), text: (await readFile(await file.path(), "utf8")).replace("\uFEFF", "") };
}

for (const language of ["zh-CN", "en"]) {
  const say = (zh, en) => (language === "en" ? en : zh);

  test(`a voucher is found by its code, redeemed, and taken back with a reason: ${language}`, async () => {
    const { store } = on.seeded.vouchers;
    const voucher = await bought(`wx-life-${language}`);
    const redemption = await good("/v1/redemptions", { code: voucher.code, uses: 2, store });
    const { page, open, button } = await person("owner", { language, ...PHONE });
    await open("/vouchers");
    const find = page.getByRole("searchbox", { name: say("扫码或输入券码", "Scan or type its code") });
    await find.fill("ABCDEF-GHJKMN-PQRSTV");
    await button(say("查券", "Find a voucher")).click();
    await page.getByRole("alert").getByText(say("没有这张券", "No such voucher")).waitFor();
    await find.fill(voucher.code.toLowerCase().replaceAll("-", " "));
    await find.press("Enter");
    await page.waitForURL(`**/vouchers/${voucher.id}`);

    const left = page.getByRole("img", { name: say("剩 1 次，共 3 次", "1 of 3 uses left") });
    await left.waitFor();
    assert.equal(await left.locator(".punched").count(), 2);
    const story = page.getByRole("region", { name: say("经过", "Story") });
    await story.getByText(say("徐家汇核销 2 次，剩 1 次", "徐家汇: redeemed 2 uses, 1 use left")).waitFor();
    assert.ok(!(await page.content()).includes(voucher.code), "nobody reads the code here");
    const order = page.getByRole("main").getByRole("link", { name: voucher.order.number });
    assert.match(await order.getAttribute("href"), new RegExp(`/orders/${voucher.order.id}$`));

    await button(say("撤销核销", "Take back")).click();
    const dialog = page.getByRole("dialog");
    const yes = dialog.getByRole("button", { name: say("撤销核销", "Take back"), exact: true });
    assert.ok(await yes.isDisabled(), "a reason is asked for");
    await dialog.getByLabel(/^(原因|Reason)/).fill(say("点错了次数", "Wrong number of uses"));
    await yes.click();
    await page.getByRole("img", { name: say("剩 3 次，共 3 次", "3 of 3 uses left") }).waitFor();
    await story.getByText(say("撤销核销，退回 2 次", "Redemption taken back, 2 uses returned")).waitFor();
    await page
      .getByRole("cell")
      .filter({ hasText: say("已撤销", "Taken back") })
      .waitFor();
    assert.equal((await good(`/v1/vouchers/${voucher.id}`)).remaining, 3);
    const journal = await facts("voucher.reversed");
    const told = journal.find(fact => fact.data.redemption.id === redemption.id);
    assert.equal(told.data.reason, say("点错了次数", "Wrong number of uses"), "the journal keeps the reason");
    await page.getByRole("table").getByRole("link").first().click();
    await page.waitForURL(`**/audit?object=${redemption.id}`);
    await page.getByText(say("点错了次数", "Wrong number of uses")).first().waitFor();
  });
}

/** Facts of a kind; the journal begins with the oldest. */
async function facts(kind) {
  const found = [];
  let after = "";
  for (;;) {
    const { data, next } = await good(`/v1/journal?limit=200${after && `&after=${after}`}`);
    found.push(...data.filter(fact => fact.kind === kind));
    if (!next || data.length === 0) return found;
    after = next;
  }
}

test("what was given back of its order stands in a voucher's story", async () => {
  const voucher = await bought("wx-back-1");
  await good(`/v1/orders/${voucher.order.id}/refunds`, { reason: "买家不去了" });
  const { page, open } = await person("owner");
  await open(`/vouchers/${voucher.id}`);
  await page.getByText("订单退款 ¥99.00").waitFor();
  await page.locator(".ticket.ended").getByText("已退回").waitFor();
  await page.getByText("还没有核销过").waitFor();
});

test("lists lead to a voucher, and redemptions name their stores", async () => {
  const { page, open } = await person("owner");
  const { store, voucher } = on.seeded.vouchers;
  await open("/redemptions");
  const rows = page.getByRole("table").getByRole("row");
  await rows.nth(1).waitFor();
  assert.ok(!(await page.getByRole("table").textContent()).includes("sto_"));
  await page.getByRole("combobox", { name: "门店" }).click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: "静安寺" }).click();
  await page.waitForURL(/\/redemptions\?store=sto_\w+$/);
  await page.getByText("共 2 行").waitFor();
  for (const row of (await rows.all()).slice(1)) assert.match(await row.textContent(), /静安寺/);
  await open(`/redemptions?voucher=${voucher}`);
  await page.getByText("共 3 行").waitFor();
  await rows.nth(1).getByRole("link", { name: /^vch_/ }).click();
  await page.waitForURL(`**/vouchers/${voucher}`);
  await page
    .getByRole("button", { name: "全部核销记录" })
    .or(page.getByRole("link", { name: "全部核销记录" }))
    .waitFor();
  await open("/redemptions");
  await page.getByRole("link", { name: "星河体验店 徐家汇" }).first().click();
  await page.waitForURL(`**/stores/${store}`);
});

/** All codes in QR that a picture shows: each is read, painted over, and the next one looked for. */
function codesIn(picture) {
  const { data, width, height } = PNG.sync.read(picture);
  const found = [];
  for (;;) {
    const one = jsqr(new Uint8ClampedArray(data), width, height, { inversionAttempts: "dontInvert" });
    if (!one) return found;
    found.push(one.data);
    const corners = Object.entries(one.location).filter(([name]) => name.endsWith("Corner"));
    const [xs, ys] = ["x", "y"].map(axis => corners.map(([, corner]) => Math.round(corner[axis])));
    const [left, right] = [Math.min(...xs) - 2, Math.max(...xs) + 2];
    for (let y = Math.max(0, Math.min(...ys) - 2); y < Math.min(height, Math.max(...ys) + 2); y += 1) {
      data.fill(255, (y * width + left) * 4, (y * width + right) * 4);
    }
  }
}

test("vouchers are made, downloaded and printed, and their codes are shown once", async () => {
  const { page, open, button } = await person("owner");
  const { template } = on.seeded.vouchers;
  await open(`/vouchers/new?sku=${template}`);
  await page.locator(".ticket").getByText("发放后 180 天内有效").waitFor();
  await page.getByLabel("数量").fill("12");
  await button("生成券").click();
  await page.getByRole("heading", { level: 1, name: "生成了 12 张券" }).waitFor();
  const slips = page.locator(".slip");
  const codes = await slips.locator("code").allTextContents();
  assert.equal(new Set(codes).size, 12);
  for (const code of codes) assert.match(code, /^[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}$/);
  assert.ok(!codes.some(code => page.url().includes(code)));
  await slips
    .first()
    .getByText(/^\d{4}-\d\d-\d\d \d\d:\d\d 前有效$/)
    .waitFor();

  await page.getByRole("link", { name: "商品", exact: true }).click();
  const question = page.getByRole("dialog");
  await question.getByText("券码还没有下载或打印，要离开吗？").last().waitFor();
  await question.getByRole("button", { name: "留在这里" }).click();
  await button("再生成一批").click();
  await question.getByRole("button", { name: "留在这里" }).click();
  assert.deepEqual(await slips.locator("code").allTextContents(), codes);

  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByRole("navigation", { name: "主导航" }).isHidden(), "paper shows vouchers alone");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g).length, 2, "ten a page");
  await page.setViewportSize({ width: 734, height: 1100 });
  const read = [];
  for (const slip of await slips.all()) read.push(...codesIn(await slip.screenshot()));
  assert.deepEqual(read, codes, "each QR is read as the code beside it");
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: 1280, height: 800 });

  const { name, text } = await taken(page, () => button("下载券码（CSV）").click());
  assert.equal(name, "券码.csv");
  const [head, ...lines] = text.trim().split("\r\n");
  assert.equal(head, "券码,规格,面值,有效期,券 ID");
  assert.deepEqual(
    lines.map(line => line.split(",")[0]),
    codes,
  );
  const found = await good("/v1/vouchers/lookup", { code: read[11] });
  assert.equal(found.id, lines[11].split(",").at(-1));
  assert.equal(found.order ?? null, null);

  await page.getByRole("link", { name: "商品", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "商品" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "生成一批券" }).waitFor();
  assert.ok(!(await page.content()).includes(codes[0]), "what was shown once is gone");
});

test("more than a thousand are a run, whose codes are taken as files", async () => {
  const { page, open, button } = await person("owner");
  await open(`/vouchers/new?sku=${on.seeded.vouchers.template}`);
  await page.getByLabel("数量").fill("1001");
  await button("生成券").click();
  await page.waitForURL("**/voucher-runs");
  const row = page.getByRole("row").filter({ hasText: "观影券 3 次" });
  await row.getByText("1,001 / 1,001").waitFor();
  await row.getByText("已完成").waitFor();
  const file = async format => {
    await row.getByRole("button", { name: "下载券码" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: format }).check();
    const given = await taken(page, () => dialog.getByRole("button", { name: "下载券码", exact: true }).click());
    await dialog.waitFor({ state: "hidden" });
    return given;
  };
  const { name, text } = await file(/^CSV/);
  assert.match(name, /^vrn_\w+-1\.csv$/);
  const codes = text.match(/[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}/g);
  assert.equal(new Set(codes).size, 1001);
  assert.equal((await good("/v1/vouchers/lookup", { code: codes[1000] })).remaining, 3);
  assert.match((await file(/PDF/)).text, /^%PDF-/);
  assert.equal((await facts("voucher_run.taken")).length, 2, "each download is recorded");
});

test("a device is added to a store, paired by a code that is shown as QR, and taken away", async () => {
  const { page, open, button } = await person("owner");
  const here = await good("/v1/stores", { name: "星河体验店 虹桥" });
  await open(`/stores/${here.id}`);
  await page.getByText("还没有设备").waitFor();
  await button("添加设备").click();
  const dialog = page.getByRole("dialog");
  const add = dialog.getByRole("button", { name: "添加设备", exact: true });
  assert.ok(await add.isDisabled());
  await dialog.getByLabel("设备名").fill("前台平板");
  await add.click();
  const pairing = page.getByRole("dialog", { name: "配对“前台平板”" });
  const code = await pairing.locator("code").textContent();
  assert.match(code, /^[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}$/);
  const [read] = codesIn(await pairing.locator(".factor").screenshot());
  assert.ok(read.endsWith(`?code=${code}`), read);
  assert.ok(!page.url().includes(code));
  await pairing.getByRole("button", { name: /^(关闭|Close)/ }).click();
  const row = page.getByRole("row").filter({ hasText: "前台平板" });
  await row.getByText("待配对").waitFor();
  await row.getByRole("button", { name: "移除" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "移除", exact: true }).click();
  await page.getByText("还没有设备").waitFor();
  const { data } = await good("/v1/devices");
  assert.equal(data.find(one => one.store === here.id).state, "removed");
});

test("the end of a store's day: sums by SKU, without what was taken back", async () => {
  const { page, open, button } = await person("owner");
  const here = await good("/v1/stores", { name: "星河体验店 五角场", address: "淞沪路 8 号" });
  const [first, second] = [await bought("wx-day-1"), await bought("wx-day-2")];
  const use = (voucher, uses) => good("/v1/redemptions", { code: voucher.code, uses, store: here.id });
  await use(first, 1);
  await use(second, 3);
  const wrong = await use(first, 2);
  await open("/stores");
  await page.getByRole("link", { name: "星河体验店 五角场" }).click();
  await page.waitForURL(`**/stores/${here.id}`);
  const sums = page.getByRole("region", { name: "日结" }).getByRole("row").nth(1).getByRole("cell");
  await sums.first().waitFor();
  assert.deepEqual((await sums.allTextContents()).slice(1), ["3", "6", "–", "–"]);
  await good(`/v1/redemptions/${wrong.id}/reverse`, { reason: "多扣了" });
  await page.getByText("已撤销的不计入合计").waitFor();
  assert.deepEqual((await sums.allTextContents()).slice(1), ["2", "4", "–", "1"]);
  const { name, text } = await taken(page, () => button("下载（CSV）").click());
  assert.match(name, /^星河体验店 五角场 \d{4}-\d\d-\d\d 核销\.csv$/);
  assert.deepEqual(
    text
      .trim()
      .split("\r\n")
      .slice(1)
      .map(line => line.split(",")[3]),
    ["1", "3", "2"],
  );
  await page.getByLabel("哪一天").fill("2026-01-02");
  await page.waitForURL("**?day=2026-01-02");
  await page.getByRole("heading", { name: "这一天没有核销" }).waitFor();
  await button("今天").click();
  await sums.first().waitFor();
});

test("a store is added and gets its day; who may not write it sees it all the same", async () => {
  const { page, open, button } = await person("owner");
  await open("/stores");
  await page.getByRole("link", { name: "新建门店" }).or(button("新建门店")).click();
  await page.getByLabel("名称").fill("星河体验店 陆家嘴");
  await button("保存").click();
  await page.waitForURL("**/r/stores/sto_*");
  await page.getByRole("main").getByRole("link", { name: "日结" }).or(button("日结")).click();
  await page.getByRole("heading", { level: 1, name: "星河体验店 陆家嘴" }).waitFor();
  await page.getByRole("heading", { name: "这一天没有核销" }).waitFor();
  await open("/stores/sto_00000000000000000000000000");
  await page.getByRole("alert").getByText("没有找到").waitFor();
});

test("what was sold and is not used, as the accounts have it", async () => {
  const { page, open } = await person("owner");
  const balance = async kind => {
    const { data } = await good("/v1/accounts?limit=200");
    return Number(data.find(one => one.kind === kind && (kind === "unearned" || one.unit.startsWith("sku_"))).balance);
  };
  await open("/vouchers");
  await page
    .getByRole("link", { name: "已售未核销" })
    .or(page.getByRole("button", { name: "已售未核销" }))
    .click();
  const row = page.getByRole("row").filter({ hasText: "观影券 3 次" });
  const outstanding = await balance("outstanding");
  await row.getByRole("cell", { name: `${outstanding.toLocaleString("en")} 次`, exact: true }).waitFor();
  const money = page.getByRole("link", { name: /未核销的券款/ });
  const before = await balance("unearned");
  assert.ok((await money.textContent()).includes(`¥${before.toFixed(2)}`));
  const voucher = await bought("wx-unused-1");
  await row.getByRole("cell", { name: `${(outstanding + 3).toLocaleString("en")} 次`, exact: true }).waitFor();
  await good("/v1/redemptions", { code: voucher.code, uses: 1 });
  await row.getByRole("cell", { name: `${(outstanding + 2).toLocaleString("en")} 次`, exact: true }).waitFor();
  await page.getByText(`¥${(before + 66).toFixed(2)}`).waitFor();
});

test("a product of vouchers goes on sale without codes, its ticket following what is typed", async () => {
  const { page, open, button } = await person("owner");
  await open("/products/new");
  await page.getByText("券", { exact: true }).last().click();
  await page.getByLabel("名称", { exact: true }).fill("星河下午茶");
  await page.getByLabel("价格", { exact: true }).fill("199");
  const ticket = page.locator(".ticket");
  await page.getByRole("radio", { name: /^次数券/ }).check();
  await page.getByLabel("次数", { exact: true }).fill("5");
  await ticket.getByRole("img", { name: "剩 5 次，共 5 次" }).waitFor();
  await page.getByRole("radio", { name: /^金额券/ }).check();
  await page.getByLabel("面值", { exact: true }).fill("240");
  await ticket.getByRole("progressbar", { name: "剩 ¥240.00，共 ¥240.00" }).waitFor();
  await page.getByRole("radio", { name: "固定日期" }).check();
  await page.getByLabel("从", { exact: true }).fill("2026-12-24T10:00");
  await page.getByLabel("到", { exact: true }).fill("2027-01-03T22:00");
  await ticket.getByText("2026-12-24 10:00 至 2027-01-03 22:00").waitFor();
  await page.getByLabel(/^适用门店/).click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: "静安寺" }).click();
  await page.keyboard.press("Escape");
  await ticket.getByText("星河体验店 静安寺").waitFor();
  await page.getByRole("radio", { name: /^自动延期/ }).check();
  await page.getByLabel("延长天数").fill("7");
  await button("上架开卖").click();
  await page.getByRole("heading", { name: "已经在卖了" }).waitFor();
  await page.getByText("不用放库存").waitFor();

  const { data } = await good("/v1/products?limit=200");
  const product = data.find(one => one.name === "星河下午茶");
  const [sku] = product.skus;
  assert.ok(product.on_shelf);
  assert.deepEqual(sku.voucher, { type: "amount", amount: yuan(24_000) });
  assert.equal(Date.parse(sku.validity.until), Date.parse("2027-01-03T14:00:00Z"));
  assert.equal(sku.stores.length, 1);
  assert.deepEqual(sku.on_expiry, { extend: 7 });

  await open(`/skus/${sku.id}`);
  assert.ok(await page.getByRole("radio", { name: /^次数券/ }).isDisabled(), "what they count stays");
  assert.equal(await page.getByText("卡密的字段").count(), 0);
  await page.getByLabel("面值", { exact: true }).fill("0");
  await button("保存").click();
  await page.getByRole("alert").first().waitFor();
  await page.locator(".ant-form-item-explain-error").filter({ hasText: "send 1 to" }).waitFor();
  await page.getByLabel("面值", { exact: true }).fill("260");
  await page.getByRole("radio", { name: "首次使用后若干天" }).check();
  await page.getByLabel("天数", { exact: true }).fill("14");
  await page.getByRole("button", { name: "＋ 时段" }).click();
  const hours = page.getByRole("group", { name: "时段 1" });
  for (const day of ["周一", "周二", "周三", "周四", "周五"]) await hours.getByLabel(day).uncheck();
  await hours.getByLabel("周六").check();
  await hours.getByLabel("到", { exact: true }).fill("00:00");
  await page.getByLabel(/^最低消费/).fill("50");
  for (const rule of ["首次使用后 14 天内有效", "周六 10:00–24:00", "满 ¥50.00 可用"])
    await ticket.getByText(rule).waitFor();
  await page.getByRole("radio", { name: /^过期作废/ }).check();
  await button("保存").click();
  await page.getByText("已保存").waitFor();
  const edited = await good(`/v1/skus/${sku.id}`);
  assert.deepEqual(edited.voucher, { type: "amount", amount: yuan(26_000) });
  assert.deepEqual(edited.validity, { days_after_first_use: 14 });
  assert.deepEqual(edited.hours, [{ days: [6], from: "10:00", until: "24:00" }]);
  assert.deepEqual(edited.min_spend, yuan(5000));
  assert.equal(edited.on_expiry, "forfeit");
  assert.deepEqual(edited.stores, sku.stores);
});

test("vouchers with codes of one's own are imported, sold while there are some, and redeemed", async () => {
  const { page, open, button } = await person("owner", PHONE);
  await open("/products/new?kind=voucher");
  await page.getByLabel("名称", { exact: true }).fill("联名咖啡券");
  await page.getByLabel("价格", { exact: true }).fill("25");
  await page.getByRole("radio", { name: /^次数券/ }).check();
  await page.getByLabel("次数", { exact: true }).fill("2");
  await button("上架开卖").waitFor();
  await page.getByRole("radio", { name: /^导入的券码/ }).check();
  await button("下一步：放入卡密").click();
  await page.getByLabel("粘贴卡密").fill("COFFEE-8801\nCOFFEE-8802\nCOFFEE-8803");
  await button("开始导入").click();
  await page.getByRole("heading", { name: "已经在卖了" }).waitFor();
  await page.getByText("放入了 3 张卡密，买家现在就能买。").waitFor();

  const { data } = await good("/v1/products?limit=200");
  const [sku] = data.find(one => one.name === "联名咖啡券").skus;
  assert.deepEqual([sku.present, sku.stock], ["imported", 3]);
  const buyer = { external_id: "wx-coffee" };
  await good("/v1/wallet-credits", { buyer, amount: yuan(10_000) });
  const lines = [{ sku: sku.id, quantity: 1 }];
  const order = await good("/v1/orders", { buyer, lines, pay: { method: "wallet" }, channel: "api" });
  const { voucher } = order.deliveries[0];
  assert.match(voucher.code, /^COFFEE-880[123]$/);
  await open("/vouchers");
  const find = page.getByRole("searchbox", { name: "扫码或输入券码" });
  await find.fill(voucher.code.toLowerCase());
  await find.press("Enter");
  await page.waitForURL(`**/vouchers/${voucher.id}`);
  await page.getByRole("img", { name: "剩 2 次，共 2 次" }).waitFor();
  await page.getByText("导入的券码", { exact: true }).waitFor();

  // Whether codes are imported stays; there is a stock to fill, and no run to make.
  await open(`/skus/${sku.id}`);
  await page.getByRole("radio", { name: /^导入的券码/ }).waitFor();
  assert.equal(await page.getByRole("radio", { name: /^动态码/ }).count(), 0);
  assert.equal(await page.getByText("生成券", { exact: true }).count(), 0);
  await page
    .getByRole("link", { name: "导入卡密" })
    .or(page.getByRole("button", { name: "导入卡密" }))
    .first()
    .waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
});

test("who may only look makes and takes back nothing", async () => {
  const { page, open, button } = await person("owner");
  await page.route("**/console/session", async route => {
    const answer = await route.fetch();
    const session = await answer.json();
    const scopes = session.scopes.filter(scope => !["vouchers:write", "vouchers:redeem"].includes(scope));
    await route.fulfill({ response: answer, json: { ...session, scopes } });
  });
  await open(`/vouchers/${on.seeded.vouchers.voucher}`);
  await page.locator(".ticket").waitFor();
  await page.getByRole("region", { name: "核销记录" }).getByRole("row").nth(1).waitFor();
  assert.equal(await button("撤销核销").count(), 0);
  await open("/vouchers");
  await page.getByRole("row").nth(1).waitFor();
  assert.equal(await page.getByRole("searchbox", { name: "扫码或输入券码" }).count(), 0);
  assert.equal(await page.getByText("生成券", { exact: true }).count(), 0);
  await open("/vouchers/new");
  await page.getByRole("heading", { name: "你的角色不能看这一页" }).waitFor();
});

for (const language of ["zh-CN", "en"]) {
  test(`pages of vouchers at a phone's width: ${language}`, async () => {
    const { page, open } = await person("owner", { language, ...PHONE });
    const { voucher, used, money, store, template } = on.seeded.vouchers;
    const pages = [
      "/vouchers",
      ...[voucher, used, money].map(id => `/vouchers/${id}`),
      ...["/vouchers/liability", "/voucher-runs", `/vouchers/new?sku=${template}`, "/redemptions", "/stores"],
      ...[`/stores/${store}`, `/skus/${template}`, "/products/new?kind=voucher"],
    ];
    for (const path of pages) {
      await open(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.locator(".waiting").first().waitFor({ state: "detached" });
      assert.equal(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        0,
        `${path} is too wide`,
      );
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      const bad = violations.filter(one => ["serious", "critical"].includes(one.impact));
      assert.deepEqual(
        bad.map(({ id, nodes }) => `${id}: ${nodes[0].target}`),
        [],
        path,
      );
    }
  });
}
