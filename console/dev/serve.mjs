// Serves the built console before a running demo: `node dev/serve.mjs <ready.json> [port]`. The policy and the nonce
// are those that the program is to send. What the console asks goes to the demo, under the key of who is signed in.

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { request as ask, createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { sessions } from "./session.mjs";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const TYPES = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".html": "text/html; charset=utf-8",
};

export const policy = nonce =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

async function file(path, response) {
  const name = path.replace(/^\/console\//, "");
  const found = name && !name.includes("..") && (await readFile(dist + name).catch(() => undefined));
  if (found) {
    const lasting = name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    const headers = { "content-type": TYPES[extname(name)] ?? "application/octet-stream", "cache-control": lasting };
    response.writeHead(200, { ...headers, "content-encoding": "br", "x-content-type-options": "nosniff" });
    return response.end(brotliCompressSync(found));
  }
  const nonce = randomBytes(16).toString("base64");
  const page = (await readFile(`${dist}index.html`, "utf8")).replaceAll("{{nonce}}", nonce);
  response.writeHead(200, {
    "content-type": TYPES[".html"],
    "cache-control": "no-store",
    "content-security-policy": policy(nonce),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
  });
  response.end(page);
}

function pass(url, request, response, headers, body) {
  const onward = ask(
    new URL(request.url, url),
    { method: request.method, headers: { ...request.headers, ...headers } },
    answer => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on("error", () => response.writeHead(502).end());
  if (body === undefined) request.pipe(onward);
  else onward.end(body);
}

export function serve(ready, port = 0) {
  const { answer, lend } = sessions(ready);
  const host = new URL(ready.url).host;
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://here").pathname;
    const say = ({ status, body, cookie }) => {
      response.writeHead(status, {
        "content-type": status < 400 ? "application/json" : "application/problem+json",
        ...(cookie && { "set-cookie": cookie }),
      });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (path === "/console/session" || path === "/console/demo" || path === "/console/session/step-up") {
      const chunks = await all(request);
      const text = Buffer.concat(chunks).toString();
      return say(answer(request, path, text ? JSON.parse(text) : undefined));
    }
    if (path === "/console" || path.startsWith("/console/")) return file(path, response);
    if (!path.startsWith("/v1/")) return pass(ready.url, request, response, { host });
    const lent = lend(request, path);
    if (!lent.key) return say(lent);
    const { cookie: _, ...headers } = request.headers;
    request.headers = headers;
    pass(ready.url, request, response, { host, authorization: `Bearer ${lent.key}` });
  });
  return new Promise(done =>
    server.listen(port, "127.0.0.1", () => done({ url: `http://127.0.0.1:${server.address().port}`, server })),
  );
}

async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const ready = JSON.parse(await readFile(process.argv[2], "utf8"));
  const { url } = await serve(ready, Number(process.argv[3] ?? 4181));
  console.log(`${url}/console/`);
}
