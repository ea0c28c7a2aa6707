/** A browser by the names that people know it under, from the long text in which it tells of itself. */

const BROWSERS: [string, RegExp][] = [
  ["微信 / WeChat", /MicroMessenger/],
  ["Edge", /Edg(e|A|iOS)?\//],
  ["Firefox", /(Firefox|FxiOS)\//],
  ["Opera", /OPR\//],
  ["Chrome", /(Chrome|CriOS|Chromium)\//],
  ["Safari", /Safari\//],
];

const SYSTEMS: [string, RegExp][] = [
  ["HarmonyOS", /HarmonyOS|OpenHarmony/],
  ["Android", /Android/],
  ["iPad", /iPad/],
  ["iPhone", /iPhone/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X|Macintosh/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux/],
];

const first = (names: [string, RegExp][], text: string) => names.find(([, sign]) => sign.test(text))?.[0];

/** `Chrome · Windows`; the text itself where it says neither. */
export function browserOf(agent: string): string {
  const known = [first(BROWSERS, agent), first(SYSTEMS, agent)].filter(Boolean);
  return known.join(" · ") || agent.slice(0, 60) || "–";
}
