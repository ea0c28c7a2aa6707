/** How much of a voucher: a number of uses, or money. */

import type { HowMuch as Much } from "../api/types";
import { count, written } from "../lib/money";
import { useWords, type Words } from "../words";

/** `3 次`, or `¥100.00`. */
export const muchText = (of: Much, { vouchers }: Pick<Words, "vouchers">): string =>
  typeof of === "number" ? vouchers.uses(count(of)) : written(of);

export const HowMuch = ({ of }: { of: Much }) => <span className="number">{muchText(of, useWords())}</span>;
