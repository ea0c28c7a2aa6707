// Many products from one table: shown as it is understood, then imported without the rows that are wrong.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const on = stage();

const person = (role, options) => visitor(on.browser, on.shop.ready, { email: `${role}@galaxy.example`, ...options });

const TABLE = `商品名称,规格名称,售价,币种,上架,备注
晨读打卡营,30 天,39.90,CNY,是,热卖
晨读打卡营,90 天,99.00,CNY,是,
城市图书馆年卡,个人,128.00,CNY,否,
湖畔书店读书卡,一年,一百九,CNY,否,
`;

test("a table is previewed, mended by leaving a row out, and becomes products", async () => {
  const { page, open, button } = await person("owner");
  await open("/products");
  await page.getByRole("link", { name: "批量导入" }).click();
  await page.getByLabel("粘贴表格").fill(TABLE);
  await button("预览").click();
  const columns = page.getByRole("region", { name: "每一列被理解成" });
  await columns.getByRole("row").filter({ hasText: "备注" }).getByText("不认识，不导入").waitFor();
  const problems = page.getByRole("region", { name: "1 处有问题" });
  assert.deepEqual((await problems.getByRole("row").nth(1).getByRole("cell").allTextContents()).slice(0, 2), [
    "5",
    "售价",
  ]);
  const coming = page.waitForEvent("download");
  await button("下载问题清单（CSV）").click();
  const list = await readFile(await (await coming).path(), "utf8");
  assert.match(list, /^\uFEFF行,列,问题\r\n5,售价,/);

  assert.ok(await button("导入 2 个商品").isDisabled(), "rows with problems are left out by choice alone");
  await page.getByLabel("去掉有问题的行").check();
  await button("导入 2 个商品").click();
  await page.getByText("导入了 2 个商品").waitFor();
  await page.getByRole("region", { name: "建好的商品" }).getByRole("link", { name: "晨读打卡营" }).waitFor();
  await page.getByRole("link", { name: "查看商品" }).click();
  await page.getByRole("row").filter({ hasText: "晨读打卡营" }).getByText("30 天，90 天").waitFor();
});

test("the template comes in the language that is read", async () => {
  const { page, open, button } = await person("owner", { language: "en" });
  await open("/products/import");
  const coming = page.waitForEvent("download");
  await button("Take the template").click();
  assert.match(await readFile(await (await coming).path(), "utf8"), /name/);
});

test("whoever may not change the catalogue has no way to it", async () => {
  const { page, open } = await person("service");
  await open("/products/import");
  await page.getByText("你的角色不能看这一页").waitFor();
});
