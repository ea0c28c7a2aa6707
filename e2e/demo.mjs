// The real demo as a program of its own, and a buyer with a browser before it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const program = process.env.TESSERA ?? at("target/debug/tessera");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where the pictures of the run lie. */
export const pictures = process.env.PICTURES ?? at("target/e2e");

/** Starts a demo; gives its merchants, an API of each, and how to stop it. */
export async function demo(...flags) {
  const folder = await mkdtemp(join(tmpdir(), "tessera-e2e-"));
  const ready = join(folder, "ready.json");
  const listen = flags.includes("--listen") ? [] : ["--listen", "127.0.0.1:0"];
  const child = spawn(program, ["demo", "--data", folder, ...listen, "--ready-file", ready, ...flags], { stdio: "ignore" });
  const ended = new Promise((_, fail) => child.once("exit", (code) => fail(new Error(`the demo ended with ${code}`))));
  ended.catch(() => {});
  const stop = async () => {
    if (child.exitCode === null) {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGKILL");
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const seeded = async () => {
    for (;;) {
      const text = await readFile(ready, "utf8").catch(() => undefined);
      if (text !== undefined) return JSON.parse(text);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  const { url, merchants, staff, stores, staff_url, sandbox } = await Promise.race([seeded(), ended]);
  return { url, merchants, staff, stores, staff_url, sandbox, stop };
}

/** A caller of a merchant's API. */
export function caller({ url, merchants }, which) {
  return async (path, type, body) => {
    const method = body === undefined ? "GET" : "POST";
    const headers = { authorization: `Bearer ${merchants[which].secret_key}`, ...(body && { "content-type": type }) };
    const answer = await fetch(`${url}${path}`, { method, headers, body });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
}

/** Tells the sandbox what its channels, or a payer, do. */
export async function control({ sandbox }, path, body) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${sandbox.url}/control/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** Puts a product with a file of codes on a merchant's shelf; gives the path of its page. */
export async function listed(shop, which, product, file) {
  const call = caller(shop, which);
  const made = await call("/v1/products", "application/json", JSON.stringify(product));
  const begun = await call(`/v1/skus/${made.skus[0].id}/code-imports`, "text/csv", file(made.id));
  for (;;) {
    const { state, accepted } = await call(`/v1/code-imports/${begun.id}`);
    if (state === "done") return { path: `${shop.merchants[which].shop_url}/p/${made.id}`, accepted };
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Puts cinema tickets, so many of them, on a merchant's shelf; gives the path of their page. */
export async function stocked(shop, which, codes) {
  const rows = (id) => Array.from({ length: codes }, (_, n) => `${id}${n},secret${n}`).join("\n");
  const { path } = await listed(shop, which, {
    name: "最后一张电影票", description: "限量，先到先得", picture: "cinema", category: "玩乐",
    en: { name: "Last cinema ticket", description: "The last of its kind", category: "Going out" },
    skus: [{ kind: "code", name: "单人票", en: { name: "One seat" }, price: { amount: 2500, currency: "CNY" } }],
  }, (id) => `number,password\n${rows(id)}\n`);
  return path;
}

/** Puts these codes, each of one value, on a merchant's shelf; gives the path of their page. */
export async function stock(shop, which, codes) {
  const quoted = codes.map((code) => `"${code.replaceAll('"', '""')}"`).join("\n");
  const { path, accepted } = await listed(shop, which, {
    name: "一字不差", picture: "keyboard",
    skus: [{ kind: "code", name: "卡密", price: { amount: 100, currency: "CNY" } }],
  }, () => `password\n${quoted}\n`);
  assert.equal(accepted, codes.length, "every code was taken in");
  return path;
}

/** On a loaded machine Chromium now and then has no frame to give yet; it has one a moment later. */
async function photograph(page, path, attempts = 5) {
  await page.waitForLoadState("load");
  try {
    await page.screenshot({ path, fullPage: true });
  } catch (error) {
    if (attempts === 1 || !error.message.includes("Unable to capture screenshot")) throw error;
    await page.waitForTimeout(300);
    await photograph(page, path, attempts - 1);
  }
}

/** A buyer with a browser of his own. What he sees is kept as a picture, and looked over by axe if wanted. */
export async function buyer(chromium, language, width, { looked = false, ...options } = {}) {
  await mkdir(pictures, { recursive: true });
  const context = await chromium.newContext({ viewport: { width, height: 800 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const shown = async (name) => {
    await photograph(page, join(pictures, `${name}.${language}.${width}.png`));
    if (options.javaScriptEnabled === false) return;
    // What stands beside the page may scroll; the page itself never does so sideways.
    const overlap = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overlap <= 0, `${name} is ${overlap} px too wide`);
    if (!looked) return;
    // Not by a script tag: the policy would refuse it, as it should.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
    assert.deepEqual(serious.map((v) => `${name}: ${v.id} ${v.nodes.map((n) => n.target).join(" ")}`), []);
  };
  return { context, page, shown, language };
}

/** Fills what the checkout asks for and sends it. */
export async function place(page) {
  for (const field of await page.locator("main form input[required]:not([type=checkbox]):not([type=radio])").all()) {
    const type = await field.getAttribute("type");
    await field.fill(type === "email" ? "buyer@example.com" : "13800000000");
  }
  for (const box of await page.locator("main form input[type=checkbox]").all()) await box.check();
  await page.locator("main form button").last().click();
}

/** From a shop or a product's page to the cashier of a fresh order; gives the order's address. */
export async function order({ page, shown, language }, start) {
  await page.goto(`${start}?lang=${language}`);
  assert.equal(await page.locator("html").getAttribute("lang"), language);
  if (!start.includes("/p/")) {
    await shown("shop");
    await page.locator('a[href*="/p/"]').first().click();
  }
  await shown("product");
  await page.locator('form[action*="/checkout"] button').first().click();
  await shown("checkout");
  await place(page);
  await page.waitForURL(/\/o\//);
  const address = page.url();
  await shown("choose-payment");
  return address;
}

/** Presses a button of the test cashier, then goes back to the order. */
export async function settle({ page, shown }, address, action, name) {
  await page.locator('form[action$="/pay"] button').click();
  await page.waitForURL(/\/test-pay\//);
  await shown("test-cashier");
  await page.locator(`button[value="${action}"]`).click();
  await shown(`test-cashier-${name}`);
  await page.goto(address);
  await shown(name);
}
