/** Pages of a list. */

import type { Listed } from "../kit/list-page";
import type { Wanted } from "../lib/address";

export const PAGE = 20;

/** What every list of the API takes. */
export const cursor = ({ after }: Wanted, limit = PAGE): { limit: number; after?: string } => ({
  limit,
  ...(after && { after }),
});

const MOST = 200;

/** All rows of a list that is known to be short, at most so many pages of it. */
export async function whole<T>(
  load: (page: { limit: number; after?: string }) => Promise<Listed<T>>,
  pages = 5,
): Promise<T[]> {
  const rows: T[] = [];
  let after: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const { data, next } = await load({ limit: MOST, ...(after && { after }) });
    rows.push(...data);
    if (!next) break;
    after = next;
  }
  return rows;
}
