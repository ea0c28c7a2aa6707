/** The order that a payment or a refund is of, by its short number. */

import { Link } from "@tanstack/react-router";

export const OrderNumber = ({ of }: { of: { order: string; order_number: string } }) => (
  <Link to={`/orders/${of.order}`}>{of.order_number}</Link>
);
