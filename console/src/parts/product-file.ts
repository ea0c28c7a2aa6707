/** What is known of a file of products without asking anybody. */

import type { ProductFile } from "../api/product-files";
import { csv } from "../lib/csv";

/** By the words of the API, as the server takes them for columns. */
export const COLUMNS = [
  ["商品名称", "name"],
  ["商品说明", "description"],
  ["规格名称", "sku"],
  ["售价", "price"],
  ["币种", "currency"],
  ["成本", "cost"],
  ["上架", "on_shelf"],
  ["每人限购", "per_user"],
  ["每单限购", "per_order"],
  ["分类", "category"],
  ["库存预警", "stock_alarm"],
] as const;

/** Whether it may be applied as it stands, given that rows with problems are left out or not. */
export const canApply = (file: ProductFile, skip: boolean): boolean =>
  file.products.length > 0 && (file.errors.length === 0 || skip);

/** `2–4, 7` of 2, 3, 4 and 7; the first few, where they are many. */
export function rowsTold(rows: readonly number[], most = 4): { text: string; all: boolean } {
  const ranges: [number, number][] = [];
  for (const row of rows.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && row <= last[1] + 1) last[1] = row;
    else ranges.push([row, row]);
  }
  const text = ranges
    .slice(0, most)
    .map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`))
    .join(", ");
  return { text, all: ranges.length <= most };
}

/** The problems as a file for a spreadsheet: a row each, in the order of the file. */
export function problemsCsv({ errors }: Pick<ProductFile, "errors">, head: readonly [string, string, string]): string {
  const rows = errors.toSorted((a, b) => a.row - b.row).map(({ row, column, detail }) => [row, column ?? "", detail]);
  return csv([head, ...rows]);
}
