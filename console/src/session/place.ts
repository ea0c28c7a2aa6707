/** For which of his shops, and in which mode, a person works now; kept in the browser. */

export interface Place {
  merchant?: string;
  mode?: "live" | "test";
}

const KEY = "tessera.place";

function read(): Place {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Place;
  } catch {
    return {};
  }
}

let now: Place | undefined;

export function selected(): Place {
  now ??= read();
  return now;
}

export function select(place: Place): void {
  now = place;
  localStorage.setItem(KEY, JSON.stringify(place));
}

/** The page of an approval; acts about people are of the live book, whichever mode one works in. */
export const approvalPath = (id: string, mode: string): string => {
  const here = selected().mode;
  return `/approvals/${id}${here && here !== mode ? `?mode=${mode}` : ""}`;
};
