/** What happened to a voucher, in its order of time, and what will. */

import type { Redemption, Refund, Voucher } from "../api/types";
import { written } from "../lib/money";
import type { Words } from "../words";
import { muchText } from "./how-much";
import type { Event } from "./story";

export interface KnownVoucher {
  voucher: Voucher;
  redemptions: readonly Redemption[];
  /** Those of its order; what was given back of its line is told. */
  refunds: readonly Refund[];
}

type Told = Pick<Words, "kit" | "vouchers">;

export function voucherStory(
  { voucher, redemptions, refunds }: KnownVoucher,
  words: Told,
  storeName: (id: string) => string,
): Event[] {
  const { vouchers } = words;
  const events: Event[] = [
    { at: voucher.created_at, what: voucher.order ? vouchers.sold : vouchers.made, tone: "good" },
    ...redemptions.flatMap(one => ofRedemption(one, words, storeName)),
    ...refunds
      .filter(({ lines }) => lines.some(({ line }) => line === voucher.line))
      .map((one): Event => {
        const what = vouchers.refundedEvent(written(one.amount));
        return { at: one.created_at, what, id: one.id, tone: one.state === "failed" ? "bad" : "care" };
      }),
    ...end(voucher, vouchers),
  ];
  // What happened at the same instant stays in the order in which it is told.
  return events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function ofRedemption(one: Redemption, words: Told, storeName: (id: string) => string): Event[] {
  const { kit, vouchers } = words;
  const much = muchText(one.taken, words);
  const what = one.store ? vouchers.redeemedAt(storeName(one.store), much) : vouchers.redeemedEvent(much);
  if (one.reversed_at) {
    const back: Event = { at: one.reversed_at, what: vouchers.reversedEvent(much), tone: "care" };
    return [{ at: one.at, what, tone: "calm" }, back];
  }
  return [{ at: one.at, what: what + kit.comma + vouchers.leftEvent(muchText(one.remaining, words)), tone: "good" }];
}

/** Its end, where time brings it or brought it. */
function end(voucher: Voucher, { expiredEvent, willExpire }: Words["vouchers"]): Event[] {
  const { valid_until: at, state, on_expiry } = voucher;
  const rule = typeof on_expiry === "object" ? "extend" : on_expiry;
  if (!at) return [];
  if (state === "expired") return [{ at, what: expiredEvent[rule], tone: "calm" }];
  return state === "effective" ? [{ at, what: willExpire[rule], tone: "busy" }] : [];
}
