// A kind of resources that only `--sample-kinds` registers has its table, its form and its history in the console, which has
// never heard of it; and what is not there at all says so.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { stage, visitor } from "./demo.mjs";

const on = stage();

const owner = language => visitor(on.browser, on.shop.ready, { language, email: "owner@galaxy.example" });

for (const language of ["zh-CN", "en"]) {
  const say = (zh, en) => (language === "en" ? en : zh);

  test(`a kind that nobody wrote a page for: ${language}`, async () => {
    const { page, open, button } = await owner(language);
    const main = page.getByRole("main");
    const [place, offer] = [say("示例门店", "Sample place"), say("示例报价", "Sample offer")];
    const [code, name] = [say("P-801", "P-802"), say("外滩", "Bund")];
    await open("/resources");
    await main.getByRole("link", { name: place, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: place }).waitFor();

    await main
      .getByRole("link", { name: say("新建示例门店", "New: Sample place") })
      .first()
      .click();
    await button(say("保存", "Save")).click();
    await page.getByText(say("请填写", "Please fill this in")).first().waitFor();
    await page.getByLabel(say("编码", "Code"), { exact: true }).fill(code);
    await page.getByLabel(say("名称", "Name"), { exact: true }).fill(name);
    await button(say("保存", "Save")).click();
    await page.waitForURL("**/r/sample_places/spl_*");
    const history = page.getByRole("region", { name: say("修改历史", "History") });
    await history.getByText(say("版本 1", "Version 1")).waitFor();

    await page.getByLabel(say("名称", "Name"), { exact: true }).fill(`${name} 18`);
    await page.getByLabel(/^(座位数|Seats)/).fill("60");
    await button(say("保存", "Save")).click();
    const change = history.getByRole("listitem").filter({ hasText: say("版本 2", "Version 2") });
    await change.getByRole("insertion").nth(1).waitFor();
    assert.deepEqual(await change.getByRole("deletion").allTextContents(), [name, "–"]);
    assert.deepEqual(await change.getByRole("insertion").allTextContents(), [`${name} 18`, "60"]);

    await open("/r/sample_offers/new");
    await page.getByLabel(say("名称", "Name"), { exact: true }).fill("Opening");
    await page.getByLabel(say("门店", "Place"), { exact: true }).click();
    await page
      .locator(".ant-select-item-option:visible")
      .filter({ hasText: `${name} 18` })
      .last()
      .click();
    await page.getByLabel(say("折扣", "Percent off"), { exact: true }).fill("20");
    await page.getByLabel(/^(密钥|Secret)/).fill("a secret of some length");
    await button(say("保存", "Save")).click();
    await page.waitForURL("**/r/sample_offers/smo_*");
    await page.getByRole("heading", { level: 1, name: "Opening" }).waitFor();
    await page.getByPlaceholder("••••ngth", { exact: false }).waitFor();
    assert.ok(!(await page.content()).includes("a secret of some length"));

    await main.getByRole("link", { name: offer }).click();
    await page.getByRole("columnheader", { name: say("折扣", "Percent off") }).waitFor();
    await open("/r/sample_places");
    await page.getByRole("searchbox", { name: say("编码", "Code") }).fill(code);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/r/sample_places?code=${code}`);
    await page.getByText(say("共 1 行", "1 row"), { exact: true }).waitFor();
    const row = page.getByRole("row").filter({ hasText: code });
    await row.getByText("60", { exact: true }).waitFor();
    await row.getByRole("link").click();

    const archive = say("归档", "Archive");
    await button(archive).click();
    await page.getByRole("dialog").getByRole("button", { name: archive, exact: true }).click();
    await page.getByRole("alert").getByText(say("还有别的配置在用它", "Other configuration uses it")).waitFor();
  });

  test(`an address that leads nowhere: ${language}`, async () => {
    const { page, open } = await owner(language);
    const lost = say("没有这个页面", "No such page");
    for (const path of ["/nowhere", "/orders/a/b", "/r/nowhere", "/r/nowhere/new", "/r/staff/a/b", "/%E8%B5%B7"]) {
      await open(path);
      await page.getByRole("heading", { name: lost }).waitFor();
      assert.ok(await page.getByRole("navigation", { name: say("主导航", "Main navigation") }).isVisible(), path);
      await page
        .getByRole("main")
        .getByRole("link", { name: say(/首页|全部配置/, /first page|All configuration/) })
        .waitFor();
    }
    for (const path of ["/orders/ord_00000000000000000000000000", "/r/staff/stf_00000000000000000000000000"]) {
      await open(path);
      await page.getByRole("alert").getByText(say("没有找到", "Not found")).waitFor();
      await page.getByRole("main").getByRole("link", { name: /^←/ }).waitFor();
    }
  });
}

test("no line of the console names a kind of the samples", async () => {
  const src = fileURLToPath(new URL("../src", import.meta.url));
  const files = (await readdir(src, { recursive: true })).filter(name => /\.tsx?$/.test(name));
  assert.ok(files.length > 100);
  for (const name of files.filter(name => !/\.test\.|schema\.ts$/.test(name))) {
    assert.doesNotMatch(await readFile(`${src}/${name}`, "utf8"), /sample_(place|offer|note)/, name);
  }
});
