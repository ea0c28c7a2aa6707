// What a merchant sets and changes in the console beside single orders: his shop's looks, prices of many SKUs, what wants a
// second person; and what is masked, for whoever says why.

import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { stage, visitor } from "./demo.mjs";

const on = stage();

const owner = (options = {}) => visitor(on.browser, on.shop.ready, { email: "owner@galaxy.example", ...options });

async function api(path, body) {
  const authorization = `Bearer ${on.shop.ready.merchants[0].secret_key}`;
  const headers = { authorization, "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const sent = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers: { authorization } };
  const answer = await fetch(on.shop.ready.url + path, sent);
  assert.ok(answer.ok, `${path} ${answer.status}`);
  return answer.json();
}

/** A picture of one soft gradient in a file that nobody squeezed: large to send, and nothing to keep. */
function picture(side) {
  const part = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(side * (1 + side * 3));
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      rows.set([40, (y * 255) / side, (x * 255) / side], y * (1 + side * 3) + 1 + x * 3);
    }
  }
  const data = part("IDAT", deflateSync(rows, { level: 0 }));
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([sign, part("IHDR", head), data, part("IEND", Buffer.alloc(0))]);
}

test("what a buyer answered is masked, and shown for a reason that the audit tells", async () => {
  const products = await api("/v1/products?limit=200");
  const course = products.data.find(({ input }) => input.some(({ code }) => code === "mail"));
  await api("/v1/wallet-credits", { buyer: { external_id: "wx-ming" }, amount: { amount: 90_000, currency: "CNY" } });
  const order = await api("/v1/orders", {
    buyer: { external_id: "wx-ming" },
    lines: [{ sku: course.skus[0].id, quantity: 1 }],
    pay: { method: "wallet" },
    channel: "api",
    input: { mail: "ming.zhang@mail.example" },
  });
  const { page, open, button } = await owner();
  await open(`/orders/${order.id}`);
  const facts = page.getByRole("region", { name: "订单信息" });
  await facts.getByText("接收开课提醒的邮箱：min****ang@mail.example").waitFor();
  const ask = async (word, title, shown) => {
    await button(word).click();
    const asked = page.getByRole("dialog", { name: title });
    assert.ok(await asked.getByRole("button", { name: word }).isDisabled(), "a reason is wanted");
    await asked.getByLabel("原因").fill("买家来电核对");
    await asked.getByRole("button", { name: word }).click();
    const told = page.getByRole("dialog", { name: word });
    await told.getByText(shown, { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await told.waitFor({ state: "hidden" });
    assert.equal(await page.getByText(shown, { exact: true }).count(), 0, "nothing keeps it");
  };
  await ask("查看填写内容", "查看买家填写的原始内容？", "ming.zhang@mail.example");
  await ask("查看用户 ID", "查看这个用户在你系统里的 ID？", "wx-ming");
  await open(`/audit?object=${order.id}`);
  await page.getByRole("main").getByRole("listitem").getByText("买家来电核对").first().waitFor();
});

test("a role without the right sees what is masked, and no button", async () => {
  const { data } = await api("/v1/orders?limit=1");
  const { page, open } = await visitor(on.browser, on.shop.ready, { email: "auditor@galaxy.example" });
  await open(`/orders/${data[0].id}`);
  await page.getByRole("region", { name: "订单信息" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "查看用户 ID" }).count(), 0);
});

test("the shop beside the form follows what is typed, and a logo of any size is made to fit", async () => {
  const { page, open, button } = await owner();
  await open("/shop");
  const buyers = page.frameLocator("iframe");
  await buyers.getByRole("heading", { level: 1 }).waitFor();
  await page.getByLabel("店名（中文）").fill("星河严选");
  await page.getByLabel("欢迎语（中文）").fill("付款后立即到账");
  await buyers.getByRole("heading", { level: 1, name: "星河严选" }).waitFor();
  await buyers.getByText("付款后立即到账").waitFor();
  const chooser = page.locator("input[type=file]").first();
  await chooser.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") });
  await page.getByText("这张图片用不了").waitFor();
  const file = picture(900);
  assert.ok(file.length > 2_000_000, "far above what the API keeps of a logo");
  await chooser.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: file });
  await buyers.locator('.top .shop img[src^="/files/"]').waitFor();
  const before = await (await page.request.get(`${on.shop.ready.merchants[0].shop_url}`)).text();
  assert.ok(!before.includes("星河严选"), "buyers see nothing before it is saved");
  await button("保存").click();
  await page.getByText("已保存").waitFor();
  await buyers.locator('.top .shop img:not([src^="/files/"])').waitFor();
  const after = await (await page.request.get(`${on.shop.ready.merchants[0].shop_url}`)).text();
  assert.ok(after.includes("星河严选"));
  const kept = await api("/v1/shop");
  assert.ok(kept.logo.bytes <= 32 * 1024, `${kept.logo.bytes} bytes`);
});

test("the picture beside links is chosen, seen as a chat shows it, and kept", async () => {
  const { page, open, button } = await owner();
  await open("/shop");
  const card = page.getByRole("figure").filter({ hasText: "分享到聊天里的样子" });
  await card.locator("img").waitFor();
  const logo = await card.locator("img").getAttribute("src");
  await page.getByLabel("店名（中文）").fill("星河优选");
  await card.getByText("星河优选", { exact: true }).waitFor();
  const file = { name: "share.png", mimeType: "image/png", buffer: picture(400) };
  await page.locator("input[type=file]").nth(1).setInputFiles(file);
  await page.getByRole("img", { name: "分享图" }).waitFor();
  const chosen = await card.locator("img").getAttribute("src");
  assert.notEqual(chosen, logo);
  await button("保存").click();
  await page.getByText("已保存").waitFor();
  const { share } = await api("/v1/shop");
  assert.match(share.id, /^fil_/);
  const html = await (await page.request.get(`${on.shop.ready.merchants[0].shop_url}`)).text();
  assert.ok(html.includes(share.id), "buyers' pages name it beside their links");
  await button("去掉分享图").click();
  await button("保存").click();
  await page.getByText("已保存").last().waitFor();
  await page.waitForFunction(async () => (await (await fetch("/v1/shop")).json()).share === null);
});

test("languages and messages of the shop are set where its style is, and buyers read them", async () => {
  const { page, open, button } = await owner();
  const shop = async () => (await page.request.get(`${on.shop.ready.merchants[0].shop_url}`)).text();
  await open("/shop_messages");
  await page.getByLabel("店铺公告（中文）").fill("春节照常发货");
  await button("保存").click();
  await page.getByText("版本 1 ·").waitFor();
  assert.ok((await shop()).includes("春节照常发货"));
  await page.getByRole("link", { name: "店铺语言" }).click();
  await page.getByRole("checkbox", { name: "English" }).uncheck();
  await button("保存").click();
  await page.getByText("版本 1 ·").waitFor();
  await page.getByRole("region", { name: "修改历史" }).getByText("版本 1").waitFor();
  assert.deepEqual((await api("/v1/shop_languages")).offered, ["zh-CN"]);
  await page.getByRole("checkbox", { name: "English" }).check();
  await button("保存").click();
  await page.getByText("版本 2 ·").waitFor();
});

test("a product's page and a SKU's price follow what is typed, before buyers see it", async () => {
  const { data } = await api("/v1/products?limit=20");
  const product = data.at(-1);
  const [sku] = product.skus;
  const { page, open } = await owner();
  const buyers = page.frameLocator("iframe");
  await open(`/products/${product.id}`);
  await buyers.getByRole("heading", { level: 1, name: product.name }).waitFor();
  await page.getByLabel("名称", { exact: true }).first().fill("星河视频会员 新春版");
  await buyers.getByRole("heading", { level: 1, name: "星河视频会员 新春版" }).waitFor();
  page.once("dialog", dialog => dialog.accept());
  await open(`/skus/${sku.id}`);
  const price = buyers.locator(`input[value="${sku.id}"] + .face .price`);
  await price.waitFor();
  await page.getByLabel("价格", { exact: true }).fill("1234.5");
  await buyers.getByText("¥1,234.50", { exact: true }).waitFor();
  assert.deepEqual((await api(`/v1/skus/${sku.id}`)).price, sku.price);
});

test("prices of several SKUs are changed at once, by percent and each, and a SKU leaves the shelf", async () => {
  const { data } = await api("/v1/products?limit=20");
  const two = data.slice(0, 2);
  const { page, open, button } = await owner();
  await open("/products");
  const pick = page.getByRole("checkbox", { name: "选择这一行" });
  await pick.nth(0).check();
  await pick.nth(1).check();
  await button("改价").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("百分比").fill("90");
  await dialog.getByRole("button", { name: "都按它算" }).click();
  const skus = two.flatMap(one => one.skus);
  await dialog.getByRole("textbox").first().fill("123.45");
  await dialog.getByRole("button", { name: `改 ${skus.length} 个价格` }).click();
  await dialog.waitFor({ state: "hidden" });
  const now = await api("/v1/products?limit=20");
  const prices = now.data.slice(0, 2).flatMap(one => one.skus.map(({ price }) => price.amount));
  const wanted = skus.map(({ price }) => Math.floor((price.amount * 90 + 50) / 100));
  assert.deepEqual(prices, [12_345, ...wanted.slice(1)]);

  const several = data.find(({ skus }) => skus.length > 1) ?? data[0];
  await open(`/products/${several.id}`);
  await pick.first().check();
  await button("下架").click();
  await page.getByRole("dialog", { name: "下架 1 个规格？" }).getByRole("button", { name: "下架" }).click();
  await page.getByRole("region", { name: "规格" }).getByText("已下架").waitFor();
});

test("what wants a second person is tightened at once, and loosened by two", async () => {
  const { page, open, button } = await owner();
  await open("/");
  await page.getByRole("link", { name: "审批规则" }).click();
  const limit = page.getByLabel("退款超过");
  await limit.waitFor();
  assert.equal(await limit.inputValue(), "1000.00");
  await limit.fill("500");
  await button("保存").click();
  await page.getByText("已保存").waitFor();
  await page.getByRole("region", { name: "修改历史" }).getByText("版本 1 ·").waitFor();
  await limit.fill("5000");
  await button("保存").click();
  await page.getByText("已提交审批").waitFor();
  await open("/one/approval_policy");
  await page.waitForFunction(() => document.querySelector("#refund_above")?.value === "500.00");
});

test("the operator is lent what he may have, and no more is offered", async () => {
  const { page, open, button } = await owner();
  await open("/r/operator_grants/new");
  await page.getByLabel(/^原因/).fill("查一笔卡住的订单");
  const scopes = page.getByRole("group").or(page.locator("form")).first();
  await scopes.getByRole("checkbox", { name: "查看订单", exact: true }).check();
  for (const own of ["查看全部审批", "管理自己店的密钥", "邀请和修改员工", "授权平台方进入"])
    assert.equal(await page.getByRole("checkbox", { name: own }).count(), 0, own);
  // Every one of those that are offered is taken.
  for (const box of await scopes.getByRole("checkbox").all()) await box.check();
  await page.getByLabel(/^有效至/).fill("2027-06-01T00:00");
  await button("保存").click();
  await page
    .getByText(/已提交审批|已保存/)
    .or(page.getByRole("region", { name: "修改历史" }))
    .first()
    .waitFor();
});

test("built-in roles stand beside those of one's own", async () => {
  const { page, open } = await owner();
  await open("/r/roles");
  await page.waitForURL("**/roles");
  const all = page.getByRole("region", { name: "系统自带" });
  await all.getByText("卡密管理员", { exact: true }).waitFor();
  assert.equal(await all.getByRole("term").count(), 7);
  await page.getByRole("region", { name: "自己建的" }).getByText("还没有角色").waitFor();
});

test("scopes of kinds have words in the list of keys", async () => {
  const { page, open, button } = await owner();
  await open("/keys/new");
  await page.getByLabel("用途").fill("门店同步");
  await page.getByRole("checkbox", { name: "查看示例门店", exact: true }).check();
  await button("新建密钥").click();
  await page.getByRole("dialog").getByRole("button", { name: "完成" }).click();
  await page.getByRole("row").filter({ hasText: "门店同步" }).getByText("查看示例门店").waitFor();
});

test("products are put in order by hand and with the keyboard, each move in one request, as buyers see it", async () => {
  const { page, open } = await owner();
  const moves = [];
  // Chromium does not always tell the body of a request; which product was moved stands in its address.
  page.on("request", request => request.method() === "PATCH" && moves.push(new URL(request.url()).pathname));
  await open("/products/order");
  const rows = page.getByRole("main").getByRole("listitem");
  await rows.nth(3).waitFor();
  const names = () => rows.getByRole("link").allTextContents();
  const [first, second, third, ...rest] = await names();
  const handle = name => page.getByRole("button", { name: `移动“${name.trim()}”` });
  const kept = async (...wanted) => {
    await page.waitForFunction(
      text => [...document.querySelectorAll(".sortable li a")].map(one => one.textContent.trim()).join() === text,
      wanted.map(name => name.trim()).join(),
    );
    await page.waitForLoadState("networkidle");
    await page.reload();
    await rows.nth(3).waitFor();
    assert.deepEqual(await names(), wanted);
  };
  await handle(third).focus();
  await page.keyboard.press("Space");
  await page.getByText(`拿起了“${third.trim()}”`, { exact: false }).waitFor({ state: "attached" });
  await page.locator('.dragged[style*="translate3d(0px, 0px"]').waitFor();
  await page.keyboard.press("ArrowUp");
  await page.getByText(`“${third.trim()}”到第 2 位`, { exact: false }).waitFor({ state: "attached" });
  await page.keyboard.press("ArrowUp");
  await page.getByText(`“${third.trim()}”到第 1 位`, { exact: false }).waitFor({ state: "attached" });
  await page.keyboard.press("Space");
  await kept(third, first, second, ...rest);
  const [from, to] = await Promise.all([handle(third).boundingBox(), handle(second).boundingBox()]);
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 8, to.y + 4, { steps: 8 });
  await page.mouse.move(to.x + 8, to.y + 12, { steps: 4 });
  await page.mouse.up();
  await kept(first, second, third, ...rest);
  assert.equal(moves.length, 2);
  assert.match(moves[0], /^\/v1\/products\/prd_\w+$/);
  assert.equal(moves[1], moves[0], "the same product, there and back");
});

test("the test book and the real one are apart, and one is a click from the other", async () => {
  const { page, open, button } = await owner();
  await open("/developers");
  const mode = page.getByRole("region", { name: "模式" });
  await mode.getByText("现在是测试模式").waitFor();
  await mode.getByText("正式", { exact: true }).click();
  await page.getByText("测试模式：不会动用真实资金").waitFor({ state: "detached" });
  await open("/developers");
  await mode.getByText("现在是正式模式").waitFor();
  await page.getByRole("link", { name: "查接口" }).or(button("查接口")).first().click();
  await page.getByRole("searchbox", { name: "查接口" }).fill("post refund");
  await page.getByRole("link", { name: "/v1/orders/{id}/refunds" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "/v1/products", exact: true }).count(), 0);
});
