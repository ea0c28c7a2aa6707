// A code of several fields on the page of its order, in a real browser: each value is there with its label, character by
// character; its copy button copies just that; lines stay lines; what is long scrolls in its own box and can be kept
// as a file. Needs the gallery, the program and Chromium.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { buyer, demo, listed, order, settle } from "./demo.mjs";
import { browser, languages, serve, widths } from "./gallery.mjs";

const steps = "1. open  the app\n2. enter: <7 & 8>";
const recovery = "4410-7725\n9082-1137\n6653-2091";
const licence = "MIIEvQIBADANBgkqhkiG9w0BAQEF\n".repeat(24);
const values = {
  "zh-CN": { "账号": "galaxy-0471@mail.example", "密码": "Ab-9-xY--Z", "激活步骤": steps, "许可文件": licence },
  en: { Account: "galaxy-0471@mail.example", Password: "Ab-9-xY--Z", Steps: steps, "Licence file": licence },
};
const copies = { "zh-CN": (label) => `复制${label}`, en: (label) => `Copy ${label}` };
let server, chromium;

before(async () => {
  server = await serve();
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

/** The box of the value that has this label. */
const boxOf = (page, label) => page.locator(".ticket .code").filter({ has: page.getByText(label, { exact: true }) });

/** What the button of a label puts into the clipboard. */
async function copied(page, name) {
  await page.evaluate(() => navigator.clipboard.writeText("nothing yet"));
  await page.getByRole("button", { name, exact: true }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "nothing yet");
  return page.evaluate(() => navigator.clipboard.readText());
}

async function looksRight(page, language, wanted, wide) {
  const labels = await page.locator(".ticket .code > span.small").allInnerTexts();
  assert.deepEqual(labels, Object.keys(wanted), "each field has its label, in the record's order");
  for (const [label, value] of Object.entries(wanted)) {
    const box = boxOf(page, label);
    assert.equal(await copied(page, copies[language](label)), value, label);
    const code = box.locator("code");
    if (!value.includes("\n")) continue;
    assert.equal(await code.evaluate((e) => e.textContent), value, label);
    const style = await code.evaluate((e) => ({ space: getComputedStyle(e).whiteSpace, font: getComputedStyle(e).fontFamily }));
    assert.match(style.space, /pre-wrap/);
    assert.match(style.font, /monospace/);
    const height = await code.evaluate((e) => e.getBoundingClientRect().height);
    if (value.length > 300) {
      assert.ok(height <= wide, `what is long scrolls: ${height} px`);
    } else {
      assert.ok(height > 2 * 20, `its lines stand below each other: ${height} px`);
    }
  }
}

for (const language of languages) {
  for (const width of widths) {
    test(`a code of four fields: ${language} ${width} px`, async () => {
      const permissions = ["clipboard-read", "clipboard-write"];
      const context = await chromium.newContext({ viewport: { width, height: 800 }, permissions, acceptDownloads: true });
      const page = await context.newPage();
      await page.goto(`${server.url}/${language}/order-record.html`);
      await looksRight(page, language, values[language], 194);
      await context.close();
    });
  }
}

test("a code of four fields on its way from the file to its buyer", async () => {
  const shops = await demo();
  const permissions = ["clipboard-read", "clipboard-write"];
  const one = await buyer(chromium, "zh-CN", 375, { looked: true, permissions, acceptDownloads: true });
  try {
    const own = { name: "独立账号", picture: "cloud-drive", skus: [{
      kind: "code", name: "一年", price: { amount: 990, currency: "CNY" },
      code_fields: [{ code: "account" }, { code: "password" }, { code: "recovery_code" }, { code: "licence", name: "许可文件" }],
    }] };
    const file = `账号,密码,恢复码,许可文件\nreader-0417@mail.example,Tq7-mW2.x,"${recovery}","${licence}"\n`;
    const { path } = await listed(shops, 0, own, () => file);
    const address = await order(one, path);
    await settle(one, address, "pay", "paid");
    await one.page.locator('form[action$="/reveal"] button').click();
    await one.page.locator(".ticket code").first().waitFor();
    await one.shown("fields");
    const wanted = {
      "账号": "reader-0417@mail.example", "密码": "Tq7-mW2.x", "恢复码": recovery, "许可文件": licence.trim(),
    };
    await looksRight(one.page, "zh-CN", wanted, 194);
    const [kept] = await Promise.all([
      one.page.waitForEvent("download"),
      one.page.locator('form[action$="/file"] button').click(),
    ]);
    const text = await readFile(await kept.path(), "utf8");
    for (const value of Object.values(wanted)) assert.ok(text.includes(value), "the file has every value");
  } finally {
    await one.context.close();
    await shops.stop();
  }
});
