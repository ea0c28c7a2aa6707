// Serves the gallery that `cargo run -p pages --example gallery` wrote, with the policy of the real server,
// and opens Chromium on it.

import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const gallery = process.env.GALLERY ?? fileURLToPath(new URL("../target/gallery", import.meta.url));
export const languages = ["zh-CN", "en"];
export const widths = [375, 1280];

// The nonce is that of the samples; the server draws a new one for each answer.
const policy = "default-src 'none'; style-src 'nonce-bm9uY2U'; script-src 'nonce-bm9uY2U'; img-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
const types = { ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml" };

/** Names of the pages of a language, without the ending. */
export async function pages(language) {
  const files = await readdir(join(gallery, language));
  return files.filter((file) => file.endsWith(".html")).map((file) => file.slice(0, -5)).sort();
}

/** A server on a free port; gives its address and how to stop it. */
export async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://x").pathname);
    const headers = { "content-type": types[extname(path)] ?? "text/plain", "content-security-policy": policy };
    if (path.endsWith("/state.txt")) return response.writeHead(200, headers).end("waiting");
    // A browser asks for it when a page names no icon.
    if (path === "/favicon.ico") return response.writeHead(204, headers).end();
    const body = await readFile(join(gallery, path)).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const stop = () => new Promise((done) => server.close(done));
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

/** Chromium as Debian installs it. */
export function browser(...more) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more];
  return chromium.launch({ executablePath, args });
}
