/** An act that wants a second thought: says what it will do and to how much, asks why, and shows what came of it. */

import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal } from "antd";
import { type ReactNode, useId, useState } from "react";
import { HeldForApproval } from "../api/problem";
import { useWords } from "../words";
import { Trouble } from "./trouble";

interface ActProps<R> {
  word: string;
  title: string;
  /** What it will do, to how much. */
  text: ReactNode;
  run: (reason: string) => Promise<R>;
  done?: (result: R) => void;
  danger?: boolean;
  primary?: boolean;
  /** Stands in a row of a table. */
  small?: boolean;
  reason?: "required" | "optional";
  /** Who reads it, where that isn't only the journal. */
  reasonHint?: string;
  /** Whether what is asked below is complete. */
  ready?: boolean;
  /** The word on the button that does it, when it is another one. */
  yes?: string;
  children?: ReactNode;
}

export function Act<R>({
  word,
  title,
  text,
  run,
  done,
  danger,
  primary,
  small,
  reason,
  reasonHint,
  ready = true,
  yes,
  children,
}: ActProps<R>) {
  const { kit } = useWords();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState("");
  const field = useId();
  const acting = useMutation({
    // What came of it may be codes in clear: nothing keeps them but the page that shows them.
    gcTime: 0,
    mutationFn: () => run(why.trim()),
    onSuccess: result => {
      setOpen(false);
      void message.success(kit.done);
      done?.(result);
    },
  });
  const begin = () => {
    setWhy("");
    acting.reset();
    setOpen(true);
  };
  // It waits: asked once more, it would wait twice.
  const held = acting.error instanceof HeldForApproval;
  const missing = reason === "required" && why.trim() === "";
  return (
    <>
      <Button
        danger={danger}
        type={primary ? "primary" : small ? "link" : "default"}
        {...(small && { size: "small", className: "in-row" })}
        onClick={begin}
      >
        {word}
      </Button>
      <Modal
        open={open}
        title={title}
        onCancel={() => setOpen(false)}
        onOk={() => acting.mutate()}
        okText={yes ?? word}
        cancelText={held ? kit.close : kit.cancel}
        okButtonProps={{ hidden: held, danger: !!danger, disabled: !ready || missing, loading: acting.isPending }}
        destroyOnHidden
      >
        <div>{text}</div>
        {children}
        {reason && (
          <Form layout="vertical" component="div" className="reason">
            <Form.Item
              htmlFor={field}
              label={reason === "required" ? kit.reason : kit.reason + kit.aside(kit.optional)}
              extra={reasonHint ?? kit.reasonHint}
            >
              <Input id={field} value={why} maxLength={200} onChange={event => setWhy(event.target.value)} />
            </Form.Item>
          </Form>
        )}
        {acting.error && <Trouble error={acting.error} />}
      </Modal>
    </>
  );
}
