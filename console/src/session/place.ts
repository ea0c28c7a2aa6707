/** For which of his shops, and in which mode, a person works now; kept in the browser. */

export interface Place {
  merchant?: string;
  mode?: "live" | "test";
}

const KEY = "tessera.place";

let now: Place = read();

function read(): Place {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Place;
  } catch {
    return {};
  }
}

export const selected = (): Place => now;

export function select(place: Place): void {
  now = place;
  localStorage.setItem(KEY, JSON.stringify(place));
}
