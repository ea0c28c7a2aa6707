// The real demo as a program of its own, its people, and a browser.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as playwright } from "playwright-core";

const program = process.env.TESSERA ?? fileURLToPath(new URL("../../target/debug/tessera", import.meta.url));
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

/** Starts a demo in a folder of its own, with the kinds that show how a kind is added; gives its ready file, and how to stop it. */
export async function demo() {
  const data = await mkdtemp(join(tmpdir(), "tessera-console-"));
  const file = join(data, "ready.json");
  const flags = ["--sample-kinds", "--data", data, "--listen", "127.0.0.1:0", "--ready-file", file];
  const child = spawn(program, ["demo", ...flags], { stdio: "ignore" });
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode}`);
    await new Promise(done => setTimeout(done, 50));
  }
  const stop = async () => {
    const gone = new Promise(done => child.once("exit", done));
    child.kill("SIGKILL");
    await gone;
    await rm(data, { recursive: true, force: true });
  };
  return { ready: JSON.parse(await readFile(file, "utf8")), stop };
}

/** Lets a browser in as somebody of the demo, by the entry of one click. */
export async function enter(context, { url }, email) {
  const answer = await context.request.post(`${url}/console/demo`, { data: { email } });
  if (!answer.ok()) throw new Error(`${email}: ${answer.status()} ${await answer.text()}`);
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

export const chromium = () =>
  playwright.launch({
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
