/** Whether a redemption can still be taken back. */

import type { Redemption } from "../api/types";

const WINDOW_MS = 86_400_000;

/** Once, within 24 hours. */
export const reversible = ({ at, reversed_at }: Pick<Redemption, "at" | "reversed_at">, now: Date): boolean =>
  !reversed_at && now.getTime() < Date.parse(at) + WINDOW_MS;
