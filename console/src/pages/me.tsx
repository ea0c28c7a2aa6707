/** One's own account: password, passkeys, recovery codes, and the browsers in which one is signed in. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { Act } from "../kit/act";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { State, When } from "../kit/values";
import { RecoveryCodes } from "../parts/recovery-codes";
import { changePassword, endSession, ownSessions, passkeys, removePasskey, renewCodes } from "../session/account";
import { useSession } from "../session/context";
import { addPasskey, passkeysWork } from "../session/passkey";
import { useWords } from "../words";

export default function Me() {
  const { frame } = useWords();
  const { person } = useSession();
  return (
    <Page title={frame.account} intro={`${person.name} · ${person.email}`}>
      <Sessions />
      <Password />
      <Passkeys />
      <Recovery />
    </Page>
  );
}

function Sessions() {
  const { session } = useWords();
  const asked = useQuery({ queryKey: ["own", "sessions"], queryFn: ownSessions });
  const others = asked.data?.some(one => !one.current);
  const all = others && (
    <Act word={session.endOthers} title={session.endOthers} text={session.endText} run={() => endSession("others")} />
  );
  return (
    <Section title={session.sessions} acts={all}>
      {asked.isPending && <Waiting />}
      {asked.error && <Trouble error={asked.error} />}
      <ul className="rows">
        {asked.data?.map(one => (
          <li key={one.id}>
            <span>{one.agent || "–"}</span>
            <span className="muted">{one.address}</span>
            <When at={one.seen_at} />
            {one.current ? (
              <State tone="good">{session.thisOne}</State>
            ) : (
              <Act word={session.end} title={session.end} text={session.endText} run={() => endSession(one.id)} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface Typed {
  password: string;
  next: string;
}

function Password() {
  const { session, kit } = useWords();
  const [form] = Form.useForm<Typed>();
  const changing = useMutation({
    mutationFn: ({ password, next }: Typed) => changePassword(password, next),
    onSuccess: () => form.resetFields(),
  });
  const rules = [{ required: true, message: kit.required }];
  return (
    <Section title={session.password}>
      <Form<Typed> form={form} layout="vertical" onFinish={changing.mutate} requiredMark={false} className="narrow">
        <Form.Item name="password" label={session.passwordNow} rules={rules}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="next" label={session.passwordNew} extra={session.passwordHelp} rules={rules}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {changing.error && <Trouble error={changing.error} />}
        {changing.isSuccess && <p role="status">{session.passwordChanged}</p>}
        <Button htmlType="submit" loading={changing.isPending}>
          {session.passwordChange}
        </Button>
      </Form>
    </Section>
  );
}

function Passkeys() {
  const { session } = useWords();
  const asked = useQuery({ queryKey: ["own", "passkeys"], queryFn: passkeys });
  const adding = useMutation({ mutationFn: () => addPasskey(navigator.platform || "passkey") });
  const act = passkeysWork() && (
    <Button onClick={() => adding.mutate()} loading={adding.isPending}>
      {session.passkeyAdd}
    </Button>
  );
  return (
    <Section title={session.passkeys} acts={act}>
      <p className="muted">{passkeysWork() ? session.passkeysText : session.passkeysUnfit}</p>
      {adding.error && <Trouble error={adding.error} />}
      <ul className="rows">
        {asked.data?.map(one => (
          <li key={one.id}>
            <span>{one.name}</span>
            <When at={one.created_at} />
            <Act
              word={session.passkeyRemove}
              danger
              title={session.passkeyRemove}
              text={session.passkeyRemoveText}
              run={() => removePasskey(one.id)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Recovery() {
  const { session } = useWords();
  const renewing = useMutation({ mutationFn: renewCodes });
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
