/** The order that a payment or a refund is of, by its short number; of a recharge there is none. */

import { Link } from "@tanstack/react-router";
import { useWords } from "../words";

export function OrderNumber({ of }: { of: { order?: string | null; order_number?: string | null } }) {
  const { money } = useWords();
  return of.order ? <Link to={`/orders/${of.order}`}>{of.order_number}</Link> : money.recharge;
}
