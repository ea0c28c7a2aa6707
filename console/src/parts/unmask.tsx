/** What is masked of a buyer, in clear: asked for with a reason that is recorded, and gone when the window is closed. */

import { Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Order } from "../api/types";
import { Act } from "../kit/act";
import { Copy, Facts } from "../kit/values";
import { useCan } from "../session/context";
import { useSpoken, useWords } from "../words";
import { useCatalog } from "./catalog";

type Clear = [name: string, value: string][];

interface UnmaskProps {
  word: string;
  title: string;
  run: (reason: string) => Promise<Clear>;
}

function Unmask({ word, title, run }: UnmaskProps) {
  const { orders, kit } = useWords();
  const can = useCan();
  const [shown, setShown] = useState<Clear>();
  if (!can("buyers:unmask")) return null;
  const close = () => setShown(undefined);
  return (
    <>
      <Act word={word} title={title} text={orders.unmaskText} reason="required" run={run} done={setShown} />
      <Modal open={!!shown} title={word} footer={null} onCancel={close} destroyOnHidden>
        {shown?.length === 0 && <p>{orders.unmaskNothing}</p>}
        <Facts
          items={(shown ?? []).map(([name, value]) => [
            name,
            <span key={name} className="clear">
              <span>{value}</span>
              <Copy text={value} label={`${kit.copy} ${name}`} />
            </span>,
          ])}
        />
      </Modal>
    </>
  );
}

/** What an order's buyer is asked is called as he read it. */
export function useAnswerNames(order: Order): (code: string) => string {
  const { products } = useCatalog();
  const english = useSpoken().language === "en";
  const ordered = new Set(order.lines.map(({ sku }) => sku));
  const asked = products.filter(({ skus }) => skus.some(({ id }) => ordered.has(id))).flatMap(({ input }) => input);
  return code => {
    const field = asked.find(one => one.code === code);
    return (english && field?.en?.name) || field?.name || code;
  };
}

/** What the buyer answered with an order. */
export function UnmaskAnswers({ order }: { order: Order }) {
  const { orders } = useWords();
  const nameOf = useAnswerNames(order);
  const run = async (reason: string): Promise<Clear> => {
    const path = { params: { path: { id: order.id } } };
    const { input } = await take(api.POST("/v1/orders/{id}/unmask", { ...path, body: { reason } }));
    return Object.entries(input).map(([code, value]) => [nameOf(code), value]);
  };
  return <Unmask word={orders.unmask} title={orders.unmaskTitle} run={run} />;
}

/** What the merchant calls a buyer. */
export function UnmaskBuyer({ id }: { id: string }) {
  const { orders, money } = useWords();
  const run = async (reason: string): Promise<Clear> => {
    const path = { params: { path: { id } } };
    const { external_id } = await take(api.POST("/v1/buyers/{id}/unmask", { ...path, body: { reason } }));
    return external_id ? [[money.externalBuyer, external_id]] : [];
  };
  return <Unmask word={orders.unmaskBuyer} title={orders.unmaskBuyerTitle} run={run} />;
}
