/** Files of codes, as far as the browser must know them. */

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What a file says it is, by its name; the API refuses what it doesn't read. */
export function typeOf(name: string): string {
  const end = name.toLowerCase().split(".").at(-1);
  if (end === "csv") return "text/csv";
  if (end === "xlsx") return XLSX;
  return end === "txt" ? "text/plain" : "application/octet-stream";
}

/** Lines that were pasted: with quotes or a header of names they are read as CSV, else as they are. */
export function typeOfPaste(text: string): string {
  const first = text.trimStart().split("\n", 1)[0] ?? "";
  return /^"|[",\t]"|^[\p{L}_ ]+([,\t;][\p{L}_ ]+)+\r?$/u.test(first) ? "text/csv" : "text/plain";
}

export const lines = (text: string): number => text.split("\n").filter(line => line.trim() !== "").length;

/** `32.7 KiB` of 33528 bytes. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KiB", "MiB", "GiB"];
  let rest = bytes / 1024;
  let unit = 0;
  while (rest >= 1024 && unit < units.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return `${rest.toFixed(1)} ${units[unit]}`;
}
