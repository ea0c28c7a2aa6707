/** What stands behind `?` in the address: plain texts, never JSON, empty ones left out. */

export type Query = Record<string, string>;

export function readQuery(search: string): Query {
  return Object.fromEntries([...new URLSearchParams(search)].filter(([, value]) => value !== ""));
}

export function writeQuery(query: Record<string, unknown>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const text = new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, String(value)])).toString();
  return text && `?${text}`;
}

/** A list's way to say what is wanted. Filters that may name a person or a code are kept out of the address. */
export interface Wanted {
  filters: Query;
  sort?: string | undefined;
  after?: string;
}

const RESERVED = ["sort", "after"];

export function readWanted(query: Query, known: readonly string[]): Wanted {
  const filters = Object.entries(query).filter(([key]) => known.includes(key) && !RESERVED.includes(key));
  return {
    filters: Object.fromEntries(filters),
    ...(query.sort && { sort: query.sort }),
    ...(query.after && { after: query.after }),
  };
}

/** Another filter or order begins at the first page again. */
export function change(query: Query, changes: Record<string, string | undefined>): Query {
  const { after: _, ...rest } = query;
  const whole = Object.entries({ ...rest, ...changes });
  return Object.fromEntries(whole.filter((pair): pair is [string, string] => !!pair[1]));
}

/** The next state of a column's order: upwards, downwards, and that of the list's own; where that is downwards, upwards again. */
export function nextSort(now: string | undefined, key: string, own?: string): string | undefined {
  if (now === key) return `-${key}`;
  return now === `-${key}` && own !== now ? undefined : key;
}
