/** What of a list that is shown goes into a file: which of the API's lists it is, its filters, and its columns. */

/** A list of the API that can be taken as a file. */
export interface ExportList {
  list: string;
  path: string;
  filter: string[];
  columns: string[];
}

export interface Exported {
  of: ExportList;
  filter: Record<string, string>;
}

const PLACE = /^\{(\w+)\}$/;

/** The ids that stand in a path, where it is one of this form. */
function placesIn(path: string, form: string): Record<string, string> | undefined {
  const [words, wanted] = [path.split("/"), form.split("/")];
  if (words.length !== wanted.length) return undefined;
  const found: Record<string, string> = {};
  for (const [at, word] of words.entries()) {
    const name = PLACE.exec(wanted[at] ?? "")?.[1];
    if (name) found[name] = decodeURIComponent(word);
    else if (word !== wanted[at]) return undefined;
  }
  return found;
}

/** The list that an address reads, with everything that it is narrowed and ordered by but the place of the page. */
export function exportedBy(url: string, lists: readonly ExportList[]): Exported | undefined {
  const { pathname, searchParams } = new URL(url, "http://here");
  for (const of of lists) {
    const ids = placesIn(pathname, of.path);
    if (!ids) continue;
    const asked = [...searchParams].filter(([name]) => of.filter.includes(name));
    return { of, filter: { ...ids, ...Object.fromEntries(asked) } };
  }
  return undefined;
}

interface Shown {
  key: string;
  fields?: readonly string[];
}

/** The file's columns for those that are shown, in their order; a field that is an object has a column for each of its own. */
export function columnsFor(shown: readonly Shown[], known: readonly string[]): string[] {
  const fields = shown.flatMap(({ key, fields }) => fields ?? [key]);
  const found = fields.flatMap(field => known.filter(name => name === field || name.startsWith(`${field}.`)));
  return [...new Set(found)];
}
