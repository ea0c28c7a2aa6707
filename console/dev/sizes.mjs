// Prints what the first pages load, as brotli sends it, and fails when one is above the limit:
// everything behind the entry, the door or the frame, the page itself, and a language.

import { readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";

const LIMIT_KB = 400;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL(".vite/manifest.json", dist), "utf8"));

const find = end => {
  const key = Object.keys(manifest).find(name => name.endsWith(end));
  if (!key) throw new Error(`${end} is not in the build`);
  return key;
};

function files(key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [file, ...css, ...imports.flatMap(one => files(one, seen))];
}

const size = async file => brotliCompressSync(await readFile(new URL(file, dist))).length;

/** What a page asks for once it is shown, such as the library of its chart. */
const later = page => (manifest[page].dynamicImports ?? []).filter(key => key.startsWith("src/kit/"));

async function total(parts) {
  const all = new Set(["index.html", "icon.svg", ...parts.flatMap(part => files(find(part)))]);
  const sizes = await Promise.all([...all].map(size));
  return sizes.reduce((sum, one) => sum + one, 0) / 1000;
}

const first = ["index.html", "words/zh/index.ts", "locale/zh_CN.js"];
const pages = Object.keys(manifest).filter(key => /^src\/pages\/.*\.tsx$/.test(key));
let worst = 0;
for (const page of pages) {
  const frame = /(sign-in|link)\.tsx$/.test(page) ? [] : ["app/inside.tsx"];
  const kb = await total([...first, ...frame, page]);
  worst = Math.max(worst, kb);
  const more =
    later(page).length > 0 ? `, then ${(await total([...first, ...frame, page, ...later(page)])).toFixed(1)}` : "";
  console.log(
    `${page.replace("src/pages/", "").replace(".tsx", "").padEnd(18)} ${kb.toFixed(1).padStart(7)} kB${more}`,
  );
}
if (worst > LIMIT_KB) {
  console.error(`a page loads ${worst.toFixed(1)} kB, at most ${LIMIT_KB}`);
  process.exit(1);
}
