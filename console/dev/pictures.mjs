// Takes a picture of every page over the real demo: Chinese and light, English and dark, and on a phone. Each is looked
// over by axe, must not be wider than its window, must ask no other host and break no policy.
// `node dev/pictures.mjs [name …]`; TESSERA is the program, PICTURES the folder, LOOK one of the looks.

import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, demo, enter } from "./demo.mjs";
import { pagesOf } from "./pages-of.mjs";
import { seed } from "./seed.mjs";

const at = path => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const folder = process.env.PICTURES ?? at("target/console-pictures");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wanted = process.argv.slice(2);

const LOOKS = [
  { name: "zh-light", width: 1280, language: "zh-CN", colorScheme: "light" },
  { name: "en-dark", width: 1280, language: "en", colorScheme: "dark" },
  { name: "zh-phone", width: 375, language: "zh-CN", colorScheme: "light" },
];

async function look(browser, ready, pages, { name, width, language, colorScheme }) {
  const { url } = ready;
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    locale: language,
    reducedMotion: "reduce",
  });
  await context.addInitScript(language => localStorage.setItem("tessera.language", language), language);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults = [];
  page.on(
    "console",
    message =>
      message.type() === "error" && !/status of 4(0[0-9]|22)/.test(message.text()) && faults.push(message.text()),
  );
  page.on("pageerror", error => faults.push(String(error)));
  page.on(
    "request",
    request =>
      request.url().startsWith("http") && !request.url().startsWith(url) && faults.push(`asked ${request.url()}`),
  );
  for (const [title, path, act, who = "owner@galaxy.example"] of pages) {
    if (wanted.length && !wanted.includes(title)) continue;
    if (title.startsWith("sign-in")) await context.clearCookies();
    else await enter(context, ready, who);
    await page.unrouteAll();
    const began = Date.now();
    let shown = 0;
    await page.goto(`${url}/console${path}`);
    const settle = async () => {
      await page.locator("main").first().waitFor();
      await page.locator(".waiting").first().waitFor({ state: "detached" });
      await page.waitForFunction(() => [...document.images].every(image => image.complete || image.loading === "lazy"));
      // What is far below is loaded once it comes near.
      for (const frame of await page.locator("iframe").all()) {
        await frame.scrollIntoViewIfNeeded();
        await (await (await frame.elementHandle()).contentFrame()).waitForLoadState("load");
      }
      await page.evaluate(() => scrollTo(0, 0));
      for (const frame of page.frames()) await frame.waitForLoadState("load");
    };
    try {
      await settle();
      shown = Date.now() - began;
      if (act) await act(page);
      await settle();
    } catch (error) {
      faults.push(`${error}`.split("\n")[0]);
    }
    await page.screenshot({ path: join(folder, `${title}.${name}.png`), fullPage: true });
    const overlap = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overlap > 0) faults.push(`${overlap} px too wide`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const v of violations.filter(v => ["serious", "critical"].includes(v.impact))) {
      faults.push(
        `axe ${v.id}: ${v.nodes
          .slice(0, 3)
          .map(n => n.target)
          .join(" | ")}`,
      );
    }
    console.log(`${title} ${name} ${shown} ms: ${faults.length ? faults.splice(0).join("\n    ") : "good"}`);
  }
  await context.close();
}

await mkdir(folder, { recursive: true });
const { ready, stop } = await demo();
const browser = await chromium();
try {
  const { password } = ready.staff.find(one => one.email === "owner@galaxy.example");
  const pages = pagesOf({ ...(await seed(ready)), password });
  const looks = LOOKS.filter(({ name }) => !process.env.LOOK || name === process.env.LOOK);
  for (const one of looks) await look(browser, ready, pages, one);
} finally {
  await browser.close();
  await stop();
}
