/** What can be done with an order, as the rules say in the API's answer; the act decides again. */

import { Checkbox, InputNumber } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Order } from "../api/types";
import { Act } from "../kit/act";
import { written } from "../lib/money";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { useSkuName } from "./catalog";
import { GiveLink } from "./order-link";
import { left, worth } from "./story";

export function OrderActs({ order }: { order: Order }) {
  const { orders } = useWords();
  const { can } = order;
  const path = { params: { path: { id: order.id } } };
  return (
    <>
      {can?.link && <GiveLink order={order} />}
      {can?.cancel && (
        <Act
          word={orders.cancel}
          danger
          title={orders.cancelTitle(order.number)}
          text={orders.cancelText(written(order.total))}
          run={() => take(api.POST("/v1/orders/{id}/cancel", path))}
        />
      )}
      {(can?.refund || can?.override_refund) && <RefundAct order={order} />}
    </>
  );
}

function RefundAct({ order }: { order: Order }) {
  const { kit, orders } = useWords();
  const can = useCan();
  const nameOf = useSkuName();
  const all = Object.fromEntries(order.lines.map(line => [line.line, left(line)]));
  const [pieces, setPieces] = useState<Record<number, number>>(all);
  const [override, setOverride] = useState(false);
  const chosen = order.lines
    .map(({ line }) => ({ line, quantity: pieces[line] ?? 0 }))
    .filter(line => line.quantity > 0);
  const count = chosen.reduce((sum, line) => sum + line.quantity, 0);
  const amount = written(worth(order, pieces));
  const run = (reason: string) => {
    const body = { reason, lines: chosen, ...(override && { override }) };
    return take(api.POST("/v1/orders/{id}/refunds", { params: { path: { id: order.id } }, body }));
  };
  return (
    <Act
      word={orders.refund}
      danger
      reason="required"
      title={orders.refundTitle(order.number)}
      text={<p>{count > 0 ? orders.refundWhat(count, amount) : orders.refundNothing}</p>}
      yes={orders.refundAct(amount)}
      ready={count > 0}
      run={run}
      done={() => setOverride(false)}
    >
      {order.lines.map(line => (
        <div key={line.line} className="row-field">
          <span>{nameOf(line.sku)}</span>
          <InputNumber
            aria-label={orders.refundPieces + kit.colon + nameOf(line.sku)}
            min={0}
            max={left(line)}
            precision={0}
            value={pieces[line.line] ?? 0}
            onChange={value => setPieces({ ...pieces, [line.line]: value ?? 0 })}
          />
          <small className="muted">{orders.refundPiecesHelp(left(line))}</small>
        </div>
      ))}
      {can("refunds:override") && (
        <Checkbox checked={override} onChange={event => setOverride(event.target.checked)}>
          {orders.override}
          <small className="muted block">{orders.overrideHelp}</small>
        </Checkbox>
      )}
    </Act>
  );
}
