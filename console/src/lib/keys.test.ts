import { expect, test } from "vitest";
import { Keys, type Press } from "./keys";

const plain: Press = { key: "", ctrlKey: false, metaKey: false, altKey: false, isComposing: false, typing: false };
const run = (presses: [Partial<Press>, number][]) => {
  const keys = new Keys();
  return presses.map(([press, at]) => keys.press({ ...plain, ...press }, at));
};

test("search and help", () => {
  expect(
    run([
      [{ key: "/" }, 0],
      [{ key: "?" }, 1],
    ]),
  ).toEqual([{ kind: "search" }, { kind: "help" }]);
});

test("g and a letter go", () => {
  expect(
    run([
      [{ key: "g" }, 0],
      [{ key: "o" }, 900],
    ]),
  ).toEqual([undefined, { kind: "go", key: "o" }]);
  expect(
    run([
      [{ key: "g" }, 0],
      [{ key: "g" }, 1],
    ])[1],
  ).toEqual({ kind: "go", key: "g" });
});

test("too late is no way to go", () =>
  expect(
    run([
      [{ key: "g" }, 0],
      [{ key: "o" }, 1600],
    ])[1],
  ).toBeUndefined());

test("another key ends the wait", () => {
  expect(
    run([
      [{ key: "g" }, 0],
      [{ key: "Escape" }, 1],
      [{ key: "o" }, 2],
    ])[2],
  ).toBeUndefined();
});

test.each(["typing", "ctrlKey", "metaKey", "altKey", "isComposing"] as const)("not while %s", what => {
  expect(run([[{ key: "/", [what]: true }, 0]])).toEqual([undefined]);
});
