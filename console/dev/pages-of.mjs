// The pages that are photographed: name, path, and what is done before the picture is taken.

import { readFile } from "node:fs/promises";

const fixture = JSON.parse(await readFile(new URL("../src/lib/resource.fixture.json", import.meta.url), "utf8"));

/** A button of the page, in either language. */
const press = (page, zh, en) =>
  page
    .getByRole("button", { name: new RegExp(`^(${zh}|${en})$`) })
    .first()
    .click();

const field = (page, zh, en) => page.getByLabel(new RegExp(`^(${zh}|${en})`)).first();

/** Resources of kinds that today's program doesn't have: answered by the recorded fixture, and by nothing else. */
async function kinds(page) {
  const place = {
    id: "spl_01m8k9s4arbyy6jvs15q75gvna",
    version: 2,
    created_at: "2026-11-29T08:00:00Z",
    edited_at: "2026-11-29T09:00:00Z",
    archived_at: null,
    code: "P-001",
    name: "徐家汇店",
    seats: 40,
  };
  const history = {
    data: [
      { ...place, by: "key_01m8k9s47wd0jjfr14bnr8jd5c" },
      { ...place, version: 1, edited_at: place.created_at, by: null, seats: 24, name: "徐家汇" },
    ],
    next: null,
  };
  const answer = json => route => route.fulfill({ json });
  await page.route(/\/v1\/resources$/, answer(fixture));
  await page.route(/\/v1\/sample_places\?/, answer({ data: [place], next: null }));
  await page.route(/\/v1\/sample_places\/[a-z0-9_]+$/, answer(place));
  await page.route(/\/v1\/sample_places\/[a-z0-9_]+\/history/, answer(history));
  await page.route(/\/v1\/sample_offers/, answer({ data: [], next: null }));
  await page.reload();
}

export function pagesOf(seeded) {
  return [
    ["sign-in", "/"],
    [
      "sign-in-code",
      "/",
      async page => {
        await page.getByLabel(/^(邮箱|Mail)$/).fill("owner@galaxy.example");
        await page.locator("input[type=password]").fill("correct horse battery staple");
        await press(page, "登录", "Sign in");
        await page.getByLabel(/^(验证码|Code)$/).waitFor();
      },
    ],
    ["home", "/"],
    ["menu", "/", page => page.getByRole("button", { name: /^(我的账号|My account)/ }).click()],
    ["orders", "/orders"],
    ["orders-nothing", "/orders?external_id=none"],
    ["orders-columns", "/orders", page => press(page, "选择列", "Columns")],
    ["orders-views", "/orders?external_id=T20261129-0043", page => press(page, "视图", "Views")],
    ["help", "/orders", page => page.keyboard.press("?")],
    [
      "search",
      "/orders",
      async page => {
        await page.keyboard.press("/");
        await page.getByRole("combobox").last().fill("T20261129-0042");
        await page.getByRole("option").first().waitFor();
      },
    ],
    ["order", `/orders/${seeded.order}`],
    ["order-waiting", `/orders/${seeded.waiting}`],
    ["order-overpaid", `/orders/${seeded.overpaid}`],
    ["order-refund", `/orders/${seeded.bought}`, page => press(page, "退款", "Refund")],
    ["order-lost", "/orders/ord_01jd8x0e6vk3m9q5r7s2t4w6ya"],
    ["payments", "/payments"],
    ["payment", `/payments/${seeded.payment}`],
    ["refunds", "/refunds"],
    ["refund", `/refunds/${seeded.refund}`],
    ["products", "/products"],
    [
      "products-bulk",
      "/products",
      async page => {
        await page.getByRole("checkbox").nth(1).check();
        await press(page, "下架", "Take off the shelf");
      },
    ],
    ["product", `/products/${seeded.product}`],
    [
      "new-product",
      "/products/new",
      async page => {
        await field(page, "名称", "Name").fill("晨读打卡 30 天营");
        await field(page, "价格", "Price").fill("39.9");
      },
    ],
    ["new-product-error", "/products/new", page => press(page, "下一步：放入卡密", "Next: the codes")],
    [
      "new-product-codes",
      "/products/new",
      async page => {
        await field(page, "名称", "Name").fill("晨读打卡 30 天营");
        await field(page, "价格", "Price").fill("39.9");
        await press(page, "下一步：放入卡密", "Next: the codes");
        await field(page, "粘贴卡密", "Paste codes").fill("CD-1001,QX7A-11\nCD-1002,QX7A-12\nCD-1003,QX7A-13");
      },
    ],
    [
      "new-product-sale",
      "/products/new",
      async page => {
        await field(page, "名称", "Name").fill("晨读打卡 30 天营");
        await field(page, "价格", "Price").fill("39.9");
        await press(page, "下一步：放入卡密", "Next: the codes");
        const run = Date.now();
        await field(page, "粘贴卡密", "Paste codes").fill(
          `number,password\nC${run}1,QX7A${run}\nC${run}2,QX7B${run}\n`,
        );
        await press(page, "开始导入", "Start");
        await page.getByRole("heading", { name: /^(已经在卖了|It is on sale)$/ }).waitFor();
      },
    ],
    ["sku", `/skus/${seeded.sku}`],
    ["imports", "/imports"],
    ["new-import", `/imports/new?sku=${seeded.sku}`],
    ["import-questions", `/imports/${seeded.asks}`],
    ["import-doubts", `/imports/${seeded.doubts}`],
    ["batch", `/batches/${seeded.batch}`],
    ["batch-void", `/batches/${seeded.batch}`, page => press(page, "作废", "Void")],
    [
      "find-code",
      "/codes/find",
      async page => {
        await page.getByRole("searchbox").first().fill("MY-0001");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 2 }).first().waitFor();
      },
    ],
    ["wallets", "/wallets"],
    ["wallet", `/wallets/${seeded.buyer}`],
    ["credit", "/wallets/credit"],
    ["ledger", "/ledger"],
    ["account", `/ledger/${seeded.stock}`],
    ["account-sales", `/ledger/${seeded.sales}`],
    ["transfers", "/transfers"],
    ["transfer", `/transfers/${seeded.transfer}`],
    ["journal", "/journal"],
    ["shop", "/shop"],
    ["keys", "/keys"],
    ["new-key", "/keys/new"],
    ["kinds-none", "/resources"],
    ["kinds", "/resources", kinds],
    ["resources", "/r/sample_places", kinds],
    ["resource", "/r/sample_places/spl_01m8k9s4arbyy6jvs15q75gvna", kinds],
    ["resource-new", "/r/sample_offers/new", kinds],
    ["lost", "/nowhere"],
  ];
}
