/** Times as the shop's clock shows them. The API speaks UTC; a person reads and types the time of the shop's zone. */

const parts = (at: Date, zone: string): Record<string, string> => {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
};

/** `2026-11-29T17:22` as a field for date and time wants it. */
export function local(at: string | Date, zone: string): string {
  const p = parts(new Date(at), zone);
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

/** `2026-11-29 17:22:04`, whole. */
export function whole(at: string | Date, zone: string): string {
  const p = parts(new Date(at), zone);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second}`;
}

/** `11-29 17:22`, with the year when it is another one than now's. */
export function short(at: string | Date, zone: string, now: Date): string {
  const text = local(at, zone).replace("T", " ");
  return text.slice(0, 4) === local(now, zone).slice(0, 4) ? text.slice(5) : text;
}

/** `2026-11-29`, the day in the zone. */
export const day = (at: string | Date, zone: string): string => local(at, zone).slice(0, 10);

/** The instant that a zone's clock shows as `2026-11-29T17:22`. What a clock never shows (summer time begins) is an hour later. */
export function instant(wall: string, zone: string): string | undefined {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const offset = (at: number) =>
    Date.parse(`${whole(new Date(at), zone).replace(" ", "T")}Z`) - Math.floor(at / 1000) * 1000;
  const first = asUtc - offset(asUtc);
  const second = asUtc - offset(first);
  return new Date(second).toISOString();
}

/** `UTC+8`, what the zone's clock is ahead of UTC at that time. */
export function offsetName(zone: string, at: Date): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "shortOffset" });
  const name = format.formatToParts(at).find(part => part.type === "timeZoneName")?.value ?? "";
  return name.replace("GMT", "UTC");
}

const DAY_MS = 86_400_000;

/** Days of a zone's calendar as times: from the beginning of the first to the end of the last. */
export function days({ from, to }: { from?: string; to?: string }, zone: string): { from?: string; to?: string } {
  const last = to ? Date.parse(to) : Number.NaN;
  const after = Number.isNaN(last) ? undefined : new Date(last + DAY_MS).toISOString().slice(0, 10);
  const [begin, end] = [from, after].map(day => day && instant(`${day}T00:00`, zone));
  return { ...(begin && { from: begin }), ...(end && { to: end }) };
}
