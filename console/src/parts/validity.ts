/** When a voucher is redeemed, in words, by the shop's clock. */

import type { Voucher } from "../api/types";
import { local } from "../lib/time";
import type { Words } from "../words";
import type { TermsForm } from "./voucher-terms";

type Told = Pick<Words, "vouchers">;

const at = (time: string, zone: string): string => local(time, zone).replace("T", " ");

/** Of one that was delivered: from its delivery on, unless its time begins later. */
export function validOf(
  one: Pick<Voucher, "valid_from" | "valid_until" | "created_at">,
  zone: string,
  { vouchers }: Told,
): string {
  const later = Date.parse(one.valid_from) > Date.parse(one.created_at);
  const from = at(one.valid_from, zone);
  if (!one.valid_until) return later ? vouchers.validFromOn(from) : vouchers.validForEver;
  const until = at(one.valid_until, zone);
  return later ? vouchers.validWhole(from, until) : vouchers.validUntil(until);
}

/** Of those that will be delivered. */
export function validOfTerms({ valid, validity }: TermsForm, zone: string, { vouchers }: Told): string {
  if (valid === "days") return vouchers.validDays(validity?.days ?? 0);
  if (valid === "first_use") return vouchers.validFirstUse(validity?.days_after_first_use ?? 0);
  if (valid !== "between") return vouchers.validForEver;
  const said = (time: string | null | undefined) => (time ? at(time, zone) : "…");
  return vouchers.validWhole(said(validity?.from), said(validity?.until));
}
