/** The second factor: another authenticator in the place of the one before, and recovery codes anew. */

import { useMutation } from "@tanstack/react-query";
import { App, Button, Form } from "antd";
import { Section } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { drawFactor, renewCodes, setFactor } from "../session/account";
import { markRefused } from "../session/refused";
import { useWords } from "../words";
import { Authenticator } from "./authenticator";
import { RecoveryCodes } from "./recovery-codes";

export function OwnFactor() {
  const words = useWords();
  const { session, kit } = words;
  const { message } = App.useApp();
  const [form] = Form.useForm<{ totp: string }>();
  // Secrets stay nowhere but on this page.
  const drawing = useMutation({ gcTime: 0, mutationFn: drawFactor });
  const drawn = drawing.data;
  const setting = useMutation({
    mutationFn: ({ totp }: { totp: string }) => setFactor(drawn?.totp_secret ?? "", totp),
    onSuccess: () => {
      drawing.reset();
      form.resetFields();
      void message.success(session.factorChanged);
    },
    onError: error => markRefused(form, error, words),
  });
  return (
    <Section title={session.factor}>
      {!drawn && (
        <>
          <p className="muted">{session.factorWhy}</p>
          {drawing.error && <Trouble error={drawing.error} />}
          <Button onClick={() => drawing.mutate()} loading={drawing.isPending}>
            {session.factorChange}
          </Button>
        </>
      )}
      {drawn && (
        <Form form={form} layout="vertical" onFinish={setting.mutate} requiredMark={false} className="narrow">
          <Authenticator of={drawn} />
          {setting.error && !form.getFieldError("totp").length && <Trouble error={setting.error} />}
          <p className="muted">{session.factorEnds}</p>
          <div className="acts">
            <Button type="primary" htmlType="submit" loading={setting.isPending}>
              {session.factorSet}
            </Button>
            <Button onClick={() => drawing.reset()}>{kit.cancel}</Button>
          </div>
        </Form>
      )}
    </Section>
  );
}

export function OwnCodes() {
  const { session } = useWords();
  const renewing = useMutation({ gcTime: 0, mutationFn: renewCodes });
  return (
    <Section title={session.codes}>
      {renewing.error && <Trouble error={renewing.error} />}
      {renewing.data ? (
        <RecoveryCodes codes={renewing.data.recovery_codes} />
      ) : (
        <>
          <p className="muted">{session.renewText}</p>
          <Button onClick={() => renewing.mutate()} loading={renewing.isPending}>
            {session.renew}
          </Button>
        </>
      )}
    </Section>
  );
}
