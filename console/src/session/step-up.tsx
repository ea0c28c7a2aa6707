/** Asks for the second factor when the API wants it again, and lets what was begun go on. */

import { Alert, Button, Input, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { codeOf } from "../api/problem";
import { Trouble } from "../kit/trouble";
import { useWords } from "../words";
import { door } from "./door";
import { stepUp } from "./session";

export function StepUp() {
  const { kit, session } = useWords();
  const [open, setOpen] = useState(false);
  const [recovery, setRecovery] = useState(false);
  const [tries, setTries] = useState(0);
  const [error, setError] = useState<unknown>();
  const answer = useRef<(accepted: boolean) => void>(undefined);
  useEffect(() => {
    door.stepUp = () => {
      setError(undefined);
      setRecovery(false);
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
      // What was wrong need not be taken away by hand.
      setTries(tries + 1);
    }
  };
  return (
    <Modal open={open} title={kit.stepUp} onCancel={() => finish(false)} footer={null} destroyOnHidden>
      <p>{kit.stepUpText}</p>
      {recovery ? (
        <Input.Search
          key={`recovery ${tries}`}
          autoFocus
          aria-label={session.code}
          placeholder={session.codeHint}
          enterButton={kit.confirm}
          onSearch={text => text.trim() && void enter(text.trim())}
        />
      ) : (
        <Input.OTP key={`totp ${tries}`} length={6} autoFocus aria-label={kit.totp} onChange={enter} />
      )}
      <p>
        <Button type="link" className="inline" onClick={() => setRecovery(!recovery)}>
          {recovery ? session.useTotp : session.useCode}
        </Button>
      </p>
      {error !== undefined &&
        (codeOf(error) === "unauthorized" ? (
          <Alert type="error" showIcon role="alert" title={session.codeWrong} description={session.codeWrongCure} />
        ) : (
          <Trouble error={error} />
        ))}
    </Modal>
  );
}
