// Any list is taken as a file, as it is shown: with its filters, its order and its columns; and it is written while one is elsewhere.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const on = stage({ filled: true });

const person = role => visitor(on.browser, on.shop.ready, { email: `${role}@galaxy.example` });
const tray = page => page.getByRole("region", { name: "导出进度" });

/** Takes the file that is ready, as text or bytes. */
async function taken(page, act) {
  const [file] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test("a list is exported as it is shown, and its file follows to other pages", async () => {
  const { page, open, button } = await person("owner");
  await open("/orders?state=delivered&sort=-amount");
  await button("选择列").click();
  await page.getByRole("checkbox", { name: "渠道" }).uncheck();
  await page.keyboard.press("Escape");
  const rows = await page.getByRole("row").count();
  await button("导出").click();
  await page.getByRole("radio", { name: "CSV（UTF-8）" }).check();
  await button("开始导出").click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "商品", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "商品" }).waitFor();
  await tray(page)
    .getByText(`写好了 · ${rows - 1} 行`)
    .waitFor();
  await page.reload();
  const { name, bytes } = await taken(page, () => tray(page).getByRole("button", { name: "下载" }).click());
  assert.match(name, /^orders-exp_\w+\.csv$/);
  const [head, ...lines] = bytes.toString("utf8").replace("\uFEFF", "").trim().split("\r\n");
  assert.equal(
    head,
    "number,lines.sku,lines.quantity,total,total.currency,state,buyer.id,created_at",
    "the columns that are shown, in their order",
  );
  assert.equal(lines.length, rows - 1);
  const totals = lines.map(line => Number(/,(\d+\.\d\d),CNY,/.exec(line)[1]));
  assert.deepEqual(
    totals,
    totals.toSorted((a, b) => b - a),
    "the order that is shown",
  );
  assert.ok(lines.every(line => line.includes(",delivered,")));
  await tray(page).waitFor({ state: "detached" });
});

test("a workbook is one, and stands among one's own exports alone", async () => {
  const { page, open, button } = await person("finance");
  await open("/payments");
  await button("导出").click();
  await page.getByRole("radio", { name: /^全部列/ }).check();
  await button("开始导出").click();
  await tray(page).getByText("写好了", { exact: false }).waitFor();
  await tray(page).getByRole("button", { name: "关闭" }).click();
  await tray(page).waitFor({ state: "detached" });
  await open("/exports");
  const row = page.getByRole("row").filter({ hasText: "支付" });
  await row.getByText("XLSX").waitFor();
  const { bytes } = await taken(page, () => row.getByRole("button", { name: "下载" }).click());
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
  const other = await person("service");
  await other.open("/exports");
  await other.page.getByText("还没有导出过").waitFor();
});

test("every list has the button", async () => {
  const { open, button } = await person("owner");
  const lists = ["/orders", "/payments", "/refunds", "/products", "/stock", "/imports", "/wallets", "/ledger"];
  const others = ["/transfers", "/journal", "/audit", "/approvals", "/r/sample_places", "/r/staff", "/reports/batches"];
  const ofVouchers = ["/vouchers", "/redemptions", "/stores", "/voucher-runs"];
  for (const path of [...lists, ...others, ...ofVouchers]) {
    await open(path);
    await button("导出").waitFor();
  }
});

test("a workbook that was exported is read as codes, and asked about like any file", async () => {
  const { page, open, button } = await person("owner");
  await open("/r/sample_places");
  await button("导出").click();
  await button("开始导出").click();
  const { bytes } = await taken(page, () => tray(page).getByRole("button", { name: "下载" }).last().click());
  await open(`/imports/new?sku=${on.seeded.sku}`);
  await page.locator("input[type=file]").setInputFiles({ name: "places.xlsx", mimeType: "", buffer: bytes });
  await page.getByText("places.xlsx，", { exact: false }).waitFor();
  await button("开始导入").click();
  await page.waitForURL("**/imports/imp_*");
  await page.getByRole("heading", { name: "需要你回答" }).waitFor();
  await page.getByRole("group").first().waitFor();
});
