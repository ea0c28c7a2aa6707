// Takes a picture of every page at 375 and 1280 px, in both languages, light and dark:
// `node shots.mjs <folder> [name …]`.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { browser, languages, pages, serve, widths } from "./gallery.mjs";

const [folder = "../target/shots", ...wanted] = process.argv.slice(2);
const server = await serve();
const chromium = await browser();
await mkdir(folder, { recursive: true });
for (const colorScheme of ["light", "dark"]) {
  for (const width of widths) {
    const context = await chromium.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    for (const language of languages) {
      for (const name of (await pages(language)).filter((n) => !wanted.length || wanted.includes(n))) {
        await page.goto(`${server.url}/${language}/${name}.html`);
        await page.screenshot({ path: join(folder, `${name}.${language}.${width}.${colorScheme}.png`), fullPage: true });
      }
    }
    await context.close();
  }
}
await chromium.close();
await server.stop();
