/** A note about an order, for whoever of the staff opens it next; buyers never see it. */

import { useMutation } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useId, useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Order } from "../api/types";
import { Trouble } from "../kit/trouble";
import { useWords } from "../words";

const CHARS_MAX = 1000;

export function OrderNote({ order }: { order: Order }) {
  const { orders } = useWords();
  const { message } = App.useApp();
  const [text, setText] = useState("");
  const field = useId();
  const keeping = useMutation({
    mutationFn: () =>
      take(api.POST("/v1/orders/{id}/notes", { params: { path: { id: order.id } }, body: { text: text.trim() } })),
    onSuccess: () => {
      setText("");
      void message.success(orders.noted);
    },
  });
  return (
    <div className="note">
      <label htmlFor={field}>{orders.note}</label>
      <Input.TextArea
        id={field}
        rows={2}
        maxLength={CHARS_MAX}
        placeholder={orders.noteHint}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {text.trim() && (
        <>
          <small className="muted">{orders.noteHelp}</small>
          <Button onClick={() => keeping.mutate()} loading={keeping.isPending}>
            {orders.noteAct}
          </Button>
        </>
      )}
      {keeping.error && <Trouble error={keeping.error} />}
    </div>
  );
}
