/** How much of a voucher: a number of uses, or money. */

import type { Voucher } from "../api/types";
import { Amount } from "../kit/values";
import { count } from "../lib/money";
import { useWords } from "../words";

export function HowMuch({ of }: { of: Voucher["remaining"] }) {
  const { vouchers } = useWords();
  return typeof of === "number" ? <span className="number">{vouchers.uses(count(of))}</span> : <Amount money={of} />;
}
