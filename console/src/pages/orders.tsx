/** Orders, newest first. */

import { Link } from "@tanstack/react-router";
import type { Money, Order } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Away } from "../kit/page";
import { Amount, Copy, Id, When } from "../kit/values";
import type { Wanted } from "../lib/address";
import { useSkuName } from "../parts/catalog";
import { loadOrders, useOrderFilters } from "../parts/orders";
import { useShop } from "../parts/shop";
import { OrderState } from "../parts/states";
import { useMerchant } from "../session/context";
import { useWords } from "../words";

export default function Orders() {
  const { kit, orders } = useWords();
  const nameOf = useSkuName();
  const { zone } = useMerchant();
  const filters = useOrderFilters();
  const shop = useShop();
  const goods = (order: Order) => order.lines.map(line => `${nameOf(line.sku)} × ${line.quantity}`).join(kit.comma);
  const money = (of: Money) => <Amount money={of} />;
  const columns: Column<Order>[] = [
    {
      key: "number",
      title: orders.number,
      cell: order => (
        <span className="id">
          <Link to={`/orders/${order.id}`}>{order.number}</Link>
          <Copy text={order.number} />
        </span>
      ),
    },
    { key: "goods", title: orders.goods, fields: ["lines.sku", "lines.quantity"], cell: goods },
    {
      key: "amount",
      title: orders.total,
      fields: ["total"],
      number: true,
      sort: true,
      cell: order => money(order.total),
    },
    { key: "paid", title: orders.paid, number: true, extra: true, cell: order => money(order.paid) },
    { key: "refunded", title: orders.refunded, number: true, extra: true, cell: order => money(order.refunded) },
    { key: "state", title: orders.state, cell: order => <OrderState order={order} /> },
    { key: "channel", title: orders.channel, cell: order => orders.channels[order.channel] },
    { key: "buyer", title: orders.buyer, cell: order => <Id id={order.buyer.id} /> },
    { key: "external_id", title: orders.externalId, extra: true, cell: order => order.external_id ?? "–" },
    { key: "created_at", sort: true, title: orders.placed, cell: order => <When at={order.created_at} /> },
  ];
  const act = shop && <Away to={shop}>{orders.openShop}</Away>;
  const empty = { title: orders.emptyTitle, text: orders.emptyText, act };
  const load = (wanted: Wanted) => loadOrders(wanted, zone);
  return <ListPage title={orders.title} name="orders" {...{ columns, load, filters, empty }} id={order => order.id} />;
}
