/** The newest orders. */

import { Link } from "@tanstack/react-router";
import { Away, Go, Nothing, Section, Waiting } from "../kit/page";
import { Amount, When } from "../kit/values";
import { useWords } from "../words";
import { useCatalog } from "./catalog";
import { useShop } from "./shop";
import { OrderState } from "./states";
import { useNewestOrders } from "./today";

export function Recent() {
  const { home, kit } = useWords();
  const { newest, isPending } = useNewestOrders();
  const { skus } = useCatalog();
  const shop = useShop();
  if (isPending) return <Waiting />;
  if (newest.length === 0) {
    return (
      <Nothing title={home.noOrdersTitle} text={home.noOrdersText}>
        {shop && <Away to={shop}>{home.openShop}</Away>}
      </Nothing>
    );
  }
  return (
    <Section title={home.recent} acts={<Go to="/orders">{home.allOrders}</Go>}>
      <ul className="recent">
        {newest.map(order => (
          <li key={order.id}>
            <Link to={`/orders/${order.id}`}>{order.number}</Link>
            <span>{order.lines.map(line => skus.get(line.sku)?.name ?? "").join(kit.comma)}</span>
            <OrderState order={order} />
            <Amount money={order.total} />
            <When at={order.created_at} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
