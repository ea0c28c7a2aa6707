import { expect, test } from "vitest";
import { browserOf } from "./agent";

test("a browser is called as people call it", () => {
  const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
  for (const [agent, called] of [
    [`${windows} Chrome/140.0.0.0 Safari/537.36`, "Chrome · Windows"],
    [`${windows} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, "Edge · Windows"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
      "Safari · macOS",
    ],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/140.0 Mobile Safari/604.1", "Chrome · iPhone"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0", "Firefox · Linux"],
    ["Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0", "微信 / WeChat · Android"],
    ["curl/8.5.0", "curl/8.5.0"],
    ["", "–"],
  ] as const) {
    expect(browserOf(agent)).toBe(called);
  }
});
