/** Gives a file to the browser to keep. */

/** Spreadsheets know by the mark at its beginning that the file is UTF-8. */
const MARK = "\uFEFF";
/** How long the file stays for the browser to take. */
const KEPT_MS = 60_000;

export const saveCsv = (name: string, text: string): void => save(name, new Blob([MARK, text], { type: "text/csv" }));

export function save(name: string, body: Blob): void {
  const url = URL.createObjectURL(body);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // A browser reads it after the click has ended.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
