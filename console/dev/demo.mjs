// The real demo as a program of its own, and a browser.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as playwright } from "playwright-core";

const program = process.env.TESSERA ?? fileURLToPath(new URL("../../target/debug/tessera", import.meta.url));

/** Starts a demo in a folder of its own; gives its ready file, and how to stop it. */
export async function demo() {
  const data = await mkdtemp(join(tmpdir(), "tessera-console-"));
  const file = join(data, "ready.json");
  const child = spawn(program, ["demo", "--data", data, "--listen", "127.0.0.1:0", "--ready-file", file], {
    stdio: "ignore",
  });
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
