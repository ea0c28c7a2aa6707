/** Tables as a spreadsheet reads them. */

export type CsvCell = string | number;

/** Lines of cells, each ended. */
export const csv = (rows: readonly (readonly CsvCell[])[]): string =>
  rows.map(cells => `${cells.map(cell).join(",")}\r\n`).join("");

/** What a spreadsheet would compute is a text to it; what has a sign of CSV in it stands in quotes. */
function cell(value: CsvCell): string {
  const text = typeof value === "number" ? String(value) : value.replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
