// The real demo as a program of its own, its people, and a browser.

import { execFile, spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium as playwright } from "playwright-core";
import { served } from "./dist.mjs";
import { seed } from "./seed.mjs";

const program = process.env.TESSERA ?? fileURLToPath(new URL("../../target/debug/tessera", import.meta.url));
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

/**
 * Starts a demo in a folder of its own or one that a demo left, with the kinds that show how a kind is added; gives its
 * ready file, its folder, and how to stop it.
 */
export async function demo(left) {
  const data = left ?? (await mkdtemp(join(tmpdir(), "tessera-console-")));
  const file = join(data, "ready.json");
  const flags = ["--sample-kinds", "--data", data, "--listen", "127.0.0.1:0", "--ready-file", file];
  const child = spawn(program, ["demo", ...flags], { stdio: "ignore" });
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode}`);
    await new Promise(done => setTimeout(done, 50));
  }
  const stop = async ({ keep = false } = {}) => {
    const gone = new Promise(done => child.once("exit", done));
    child.kill("SIGKILL");
    await gone;
    await rm(keep ? file : data, { recursive: true, force: true });
  };
  return { ready: JSON.parse(await readFile(file, "utf8")), data, stop };
}

/** A new instance that nobody was in: its address, the link by which the first person comes in, and how to stop it. */
export async function fresh() {
  const data = await mkdtemp(join(tmpdir(), "tessera-console-"));
  const key = join(data, "master.key");
  await writeFile(key, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
  const place = ["--database", `sqlite://${join(data, "tessera.db")}`, "--master-key-file", key];
  const child = spawn(program, ["serve", "--create", "--listen", "127.0.0.1:0", ...place], { stdio: "pipe" });
  child.stdout.resume();
  const said = await new Promise((done, fail) => {
    let text = "";
    child.stderr.on("data", part => {
      text += part;
      if (/link#\w+\s/.test(text)) done(text);
    });
    child.once("exit", code => fail(new Error(`the server ended with ${code}`)));
  });
  const stop = async () => {
    child.kill("SIGKILL");
    await rm(data, { recursive: true, force: true });
  };
  const [link] = /http\S+link#\w+/.exec(said);
  return { ready: { url: new URL(link).origin }, link, stop };
}

/** What `tessera staff recover` prints over the data of a demo that stands still: the end of a link. */
export async function recoveryLink(data, email) {
  const place = ["--database", `sqlite://${join(data, "tessera.db")}`, "--master-key-file", join(data, "master.key")];
  const { stdout } = await promisify(execFile)(program, ["staff", "recover", ...place, email]);
  return /\/console\/link#\w+/.exec(stdout)[0];
}

/** A demo and a browser for the tests of one file, which end with it; with `filled` the demo holds what a seed left. */
export function stage({ filled = false } = {}) {
  const on = {};
  before(async () => {
    on.shop = await demo();
    if (filled) on.seeded = await seed(on.shop.ready);
    on.browser = await chromium();
  });
  after(async () => {
    await on.browser?.close();
    await on.shop?.stop();
  });
  return on;
}

/** Lets a browser in as somebody of the demo, by the entry of one click. */
export async function enter(context, { url }, email) {
  const answer = await context.request.post(`${url}/console/demo`, { data: { email } });
  if (!answer.ok()) throw new Error(`${email}: ${answer.status()} ${await answer.text()}`);
}

/** A browser of his own for somebody who reads a language; signed in by one click, or not at all. */
export async function visitor(browser, ready, { language = "zh-CN", email, ...options } = {}) {
  const context = await browser.newContext({ locale: language, reducedMotion: "reduce", ...options });
  await context.addInitScript(
    one => localStorage.getItem("tessera.language") ?? localStorage.setItem("tessera.language", one),
    language,
  );
  if (email) await enter(context, ready, email);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const open = path => page.goto(`${ready.url}/console${path}`);
  const button = name => page.getByRole("button", { name, exact: true });
  return { page, open, button };
}

/** Names somebody with a role and has an invitation sent to him, as an owner who reads a language does it. */
export async function invite({ page, open, button }, { email, name, role }, say = zh => zh) {
  await open("/r/staff/new");
  await page.getByLabel(say("邮箱", "Mail")).fill(email);
  await page.getByLabel(say("姓名", "Name")).fill(name);
  await page.getByLabel(say("角色", "Roles")).click();
  await page
    .locator(".ant-select-item-option:visible")
    .filter({ hasText: new RegExp(`^${role}$`) })
    .click();
  await page.keyboard.press("Escape");
  await button(say("保存", "Save")).click();
  await page.waitForURL("**/r/staff/stf_*");
  const word = say("邀请", "Invite");
  await button(word).click();
  await page.getByRole("dialog").getByRole("button", { name: word, exact: true }).click();
  await page.getByText(say("完成", "Done"), { exact: true }).waitFor();
}

/** The link that opens once, of the newest message to an address. */
export async function linkFor({ url }, email) {
  const { data } = await (await fetch(`${url}/console/demo/inbox`)).json();
  const { text } = data.find(({ to, text }) => to === email && text.includes("/console/link#"));
  return url + /\/console\/link#\w+/.exec(text)[0];
}

/** The code of a second factor at a time; its secret stands in the ready file in base32. */
export function codeAt(secret, time = Date.now()) {
  const bits = [...secret].map(letter => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / STEP_MS)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const at = digest.at(-1) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export const chromium = async () => {
  const browser = await playwright.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return served(browser);
};
