import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import en from "./en";
import zh from "./zh";

const domain = fileURLToPath(new URL("../../../crates/domain/src", import.meta.url));

test("every fact that the program tells has its words", () => {
  const files = readdirSync(domain, { recursive: true, encoding: "utf8" }).filter(name => name.endsWith(".rs"));
  const texts = files.map(name => readFileSync(`${domain}/${name}`, "utf8"));
  const told = texts.flatMap(text =>
    [...text.matchAll(/^ *"([a-z_]+\.[a-z_]+)" \d+ =>/gm)].map(([, kind = ""]) => kind),
  );
  expect(told.length).toBeGreaterThan(40);
  for (const words of [zh.facts, en.facts]) {
    expect(told.filter(kind => !(kind in words))).toEqual([]);
    expect(Object.keys(words).filter(kind => !told.includes(kind))).toEqual([]);
  }
});
