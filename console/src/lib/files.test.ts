import { expect, test } from "vitest";
import { lines, size, typeOf, typeOfPaste } from "./files";

test.each([
  ["a.csv", "text/csv"],
  ["A.CSV", "text/csv"],
  ["a.b.txt", "text/plain"],
  ["a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ["a.xls", "application/octet-stream"],
  ["csv", "text/csv"],
])("%s", (name, type) => expect(typeOf(name)).toBe(type));

test.each([
  ["number,password\nA1,B2", "text/csv"],
  ["卡号,密码\nA1,B2", "text/csv"],
  ['"A,1","B2"', "text/csv"],
  ["GX-1,7F2K", "text/plain"],
  ["7F2K-99PD", "text/plain"],
  ["a1----b1", "text/plain"],
])("pasted %s", (text, type) => expect(typeOfPaste(text)).toBe(type));

test("lines and sizes", () => {
  expect(lines("a\n\n b \n")).toBe(2);
  expect([size(12), size(33528), size(5 * 1024 ** 2)]).toEqual(["12 B", "32.7 KiB", "5.0 MiB"]);
});
