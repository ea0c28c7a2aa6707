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
