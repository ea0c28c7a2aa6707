// The console as `npm run build` left it, in front of a program that holds another build of it: with DIST=1 a browser is
// given the files of `dist`, with the policy that the program sends. So pages are tried before the program is made again.

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const TYPES = { js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

const policy = nonce =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
  "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The same browser, whose contexts read the console from `dist` where DIST says so. */
export function served(browser) {
  if (!process.env.DIST) return browser;
  const make = browser.newContext.bind(browser);
  browser.newContext = async options => {
    const context = await make(options);
    await context.route(/\/console\//, answer);
    return context;
  };
  return browser;
}

async function answer(route) {
  const request = route.request();
  const name = new URL(request.url()).pathname.replace(/^\/console\//, "");
  const type = TYPES[name.split(".").at(-1)];
  if (request.resourceType() === "document") {
    const nonce = randomBytes(16).toString("hex");
    const body = (await readFile(join(dist, "index.html"), "utf8")).replaceAll("{{nonce}}", nonce);
    return route.fulfill({
      body,
      contentType: "text/html; charset=utf-8",
      headers: { "content-security-policy": policy(nonce) },
    });
  }
  if (!type) return route.fallback();
  return route.fulfill({ body: await readFile(join(dist, name)), contentType: type });
}
