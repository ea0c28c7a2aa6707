// Draws what cannot be SVG: a JPEG of 1200 × 630 for each drawing, which chat apps show beside a link, and the
// logos of the demo's merchants as PNG. Run it after a drawing was changed: `node cards.mjs`.

import { readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { browser } from "./gallery.mjs";

const at = (path) => fileURLToPath(new URL(`../crates/${path}`, import.meta.url));
const chromium = await browser();

/** A picture of an SVG document that fills the window. */
async function picture(svg, [width, height], options) {
  const page = await chromium.newPage({ viewport: { width, height } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${width}px;height:${height}px}</style>${svg}`);
  const bytes = await page.screenshot({ omitBackground: true, ...options });
  await page.close();
  return bytes;
}

/** A drawing is 4:3; its ground goes on to both sides. A logo lies in the middle of its own colours. */
function widened(svg) {
  if (svg.includes('viewBox="0 0 640 480"')) {
    return svg.replace('viewBox="0 0 640 480"', 'viewBox="-137 0 914 480"')
      .replace('<rect width="640" height="480"', '<rect x="-140" width="920" height="480"');
  }
  const colours = [...svg.matchAll(/stop-color="(#[0-9a-f]+)"/g)].map((match) => match[1]);
  return svg.replace('viewBox="0 0 96 96"', 'viewBox="-91 -36 320 168"')
    .replace("<rect ", `<rect x="-95" y="-40" width="330" height="180" fill="${colours[0]}" opacity=".28"/><rect `);
}

for (const file of await readdir(at("pages/pictures"))) {
  if (!file.endsWith(".svg")) continue;
  const svg = widened(await readFile(at(`pages/pictures/${file}`), "utf8"));
  const jpeg = await picture(svg, [1200, 630], { type: "jpeg", quality: 80, omitBackground: false });
  await writeFile(at(`pages/pictures/cards/${file.replace(".svg", ".jpg")}`), jpeg);
}
for (const name of ["galaxy", "grain"]) {
  const svg = await readFile(at(`tessera/src/demo/logo-${name}.svg`), "utf8");
  await writeFile(at(`tessera/src/demo/logo-${name}.png`), await picture(svg, [160, 160], { type: "png" }));
}
await chromium.close();
