import { expect, test } from "vitest";
import { csv } from "./csv";

test("a line a row, and quotes where CSV wants them", () =>
  expect(
    csv([
      ["code", "name"],
      ["AB-12", 'a "b", c'],
      [3, ""],
    ]),
  ).toBe('code,name\r\nAB-12,"a ""b"", c"\r\n3,\r\n'));

test.each(["=1+1", "+1", "-1", "@x"])("%s is no formula", text => expect(csv([[text]])).toBe(`'${text}\r\n`));
