/** The order in which buyers choose among the SKUs of a product. */

import { Button, Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Product } from "../api/types";
import { Sortable } from "../kit/sortable";
import { written } from "../lib/money";
import { useWords } from "../words";
import { useCalled } from "./catalog";

const move = (id: string, behind: string | null) =>
  take(api.PATCH("/v1/skus/{id}", { params: { path: { id } }, body: { behind } }));

export function SkuOrder({ of: { skus } }: { of: Product }) {
  const { catalog } = useWords();
  const called = useCalled();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{catalog.order}</Button>
      <Modal open={open} title={catalog.skuOrderTitle} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <p className="muted">{catalog.skuOrderText}</p>
        <Sortable
          rows={skus}
          id={sku => sku.id}
          name={called}
          move={move}
          row={sku => (
            <>
              <span>{called(sku)}</span>
              <span className="number">{written(sku.price)}</span>
            </>
          )}
        />
      </Modal>
    </>
  );
}
