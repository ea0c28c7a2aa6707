/** What a bank transfer that came means for its order. The rule decides again. */

import type { Money, Order } from "../api/types";

/** How an order stands to money that comes for it. */
export type Standing = "waits" | "over" | "paid";

export function standingOf({ state, closed }: Pick<Order, "state" | "closed">): Standing {
  if (closed) return "over";
  return state === "pending_payment" ? "waits" : "paid";
}

export type Outcome = "goods" | "short" | "shortOver" | "more" | "late" | "lateMore" | "twice";

/** What follows when so much came of what is due. */
export function outcomeOf(standing: Standing, due: Money, came: Money): Outcome {
  if (standing === "paid") return "twice";
  const over = standing === "over";
  if (came.amount < due.amount) return over ? "shortOver" : "short";
  if (came.amount > due.amount) return over ? "lateMore" : "more";
  return over ? "late" : "goods";
}

/** A bank's reference as it is sent: banks write it in groups, and it is typed on any keyboard. */
export const referenceOf = (typed: string): string => typed.normalize("NFKC").replace(/\s/g, "");

export const isReference = (text: string): boolean => /^[!-~]{1,64}$/.test(text);
