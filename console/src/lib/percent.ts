/** Rates in whole basis points, hundredths of a percent. Nothing here goes through a floating-point number with a fraction. */

/** `0.60` of 60 basis points: plain, as it stands in a field. */
export function percentPlain(points: number): string {
  const text = Math.abs(points).toString().padStart(3, "0");
  return `${points < 0 ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** `0.60%` of 60 basis points. */
export const percent = (points: number): string => `${percentPlain(points)}%`;

/** What a person typed as a rate of at most all of it: 0.6, 0.60% and full-width digits are understood. */
export function basisPoints(typed: string): number | undefined {
  const text = typed.normalize("NFKC").replace(/[\s%]/g, "");
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const [, whole = "", part = ""] = match;
  const points = Number(whole + part.padEnd(2, "0"));
  return points <= 10_000 ? points : undefined;
}
