// axe on every page of the gallery: nothing serious, in any language, width or colour scheme. Needs the
// gallery (`cargo run -p pages --example gallery`) and Chromium.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { browser, languages, pages, serve, widths } from "./gallery.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let server, chromium;

before(async () => {
  server = await serve();
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

for (const language of languages) {
  for (const width of widths) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${language} ${width} px ${colorScheme}`, async () => {
        const context = await chromium.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" });
        const page = await context.newPage();
        const complaints = [];
        page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
        const names = await pages(language);
        assert.ok(names.length > 30, "the gallery is missing");
        for (const name of names) {
          await page.goto(`${server.url}/${language}/${name}.html`);
          // Not by a script tag: the policy would refuse it, as it should.
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => window.axe.run());
          const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
          for (const v of serious) complaints.push(`${name}: ${v.id} ${v.nodes.map((n) => n.target).join(" ")}`);
          const facts = await page.evaluate(() => ({
            wide: document.documentElement.scrollWidth - innerWidth,
            small: [...document.querySelectorAll("a[href]:not(.skip),button:not([hidden]),select,input:not([type=hidden]):not([type=checkbox])")]
              .filter((e) => e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 80)),
          }));
          if (facts.wide > 0) complaints.push(`${name}: ${facts.wide} px too wide`);
          for (const small of facts.small) complaints.push(`${name}: too small for a thumb: ${small}`);
        }
        await context.close();
        assert.deepEqual([...new Set(complaints)], []);
      });
    }
  }
}
