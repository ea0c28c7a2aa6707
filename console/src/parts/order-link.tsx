/** The link of an order's page, given out again: to copy for the buyer, and sent where he left an address. */

import { Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Order, OrderLink } from "../api/types";
import { Act } from "../kit/act";
import { Copy } from "../kit/values";
import { useWords } from "../words";

export function GiveLink({ order }: { order: Order }) {
  const { orders } = useWords();
  const [given, setGiven] = useState<OrderLink>();
  return (
    <>
      <Act
        word={orders.link}
        title={orders.linkTitle}
        text={orders.linkText}
        run={() => take(api.POST("/v1/orders/{id}/link", { params: { path: { id: order.id } } }))}
        done={setGiven}
      />
      <Modal open={!!given} title={orders.linkGiven} footer={null} onCancel={() => setGiven(undefined)} destroyOnHidden>
        <p>{given?.mailed_to ? orders.linkMailed(given.mailed_to) : orders.linkByHand}</p>
        <p className="clear">
          <code className="whole">{given?.order_url}</code>
          <Copy text={given?.order_url ?? ""} label={orders.linkCopy} />
        </p>
      </Modal>
    </>
  );
}
