/** Asks for the second factor when the API wants it again, and lets what was begun go on. */

import { Input, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { Trouble } from "../kit/trouble";
import { useWords } from "../words";
import { door } from "./door";
import { stepUp } from "./session";

export function StepUp() {
  const { kit } = useWords();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<unknown>();
  const answer = useRef<(accepted: boolean) => void>(undefined);
  useEffect(() => {
    door.stepUp = () => {
      setError(undefined);
      setOpen(true);
      return new Promise(done => {
        answer.current = done;
      });
    };
  }, []);
  const finish = (accepted: boolean) => {
    setOpen(false);
    answer.current?.(accepted);
  };
  const enter = async (totp: string) => {
    try {
      await stepUp(totp);
      finish(true);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Modal open={open} title={kit.stepUp} onCancel={() => finish(false)} footer={null} destroyOnHidden>
      <p>{kit.stepUpText}</p>
      <Input.OTP length={6} autoFocus aria-label={kit.totp} onChange={enter} />
      {error !== undefined && <Trouble error={error} />}
    </Modal>
  );
}
