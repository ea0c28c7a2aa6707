/** A link that is used once: whoever comes with it chooses password and second factor, and keeps his recovery codes. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { codeOf } from "../api/problem";
import { Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Authenticator } from "../parts/authenticator";
import { Door } from "../parts/door";
import { RecoveryCodes } from "../parts/recovery-codes";
import { type Chosen, describeLink, type Link, openWithLink } from "../session/account";
import { markRefused } from "../session/refused";
import { useWords } from "../words";

/** Where the console begins. */
const HOME = import.meta.env.BASE_URL;

export default function LinkPage() {
  const { session } = useWords();
  // The token stands behind `#`, so that no server's log has it; nor does the history of this browser.
  const [token] = useState(() => location.hash.slice(1));
  useEffect(() => history.replaceState(null, "", location.pathname), []);
  const link = useQuery({
    queryKey: ["session", "link", token],
    queryFn: () => describeLink(token),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const using = useMutation({ mutationFn: (chosen: Chosen) => openWithLink(token, chosen) });
  return (
    <Door title={link.data ? session.links[link.data.kind].title : session.linkTitle}>
      <section className="section">
        {link.isPending && <Waiting />}
        {link.error && (codeOf(link.error) === "unauthorized" ? <Gone /> : <Trouble error={link.error} />)}
        {using.data ? (
          <Done codes={using.data.recovery_codes} />
        ) : (
          link.data && <Choose link={link.data} choose={using.mutate} waits={using.isPending} error={using.error} />
        )}
      </section>
    </Door>
  );
}

function Gone() {
  const { session } = useWords();
  return (
    <>
      <h1>{session.linkGone}</h1>
      <p>{session.linkGoneText}</p>
      <Button href={HOME}>{session.toSignIn}</Button>
    </>
  );
}

function Done({ codes }: { codes: string[] }) {
  const { session } = useWords();
  return (
    <>
      <h1>{session.linkDone}</h1>
      <RecoveryCodes codes={codes} />
      <p className="muted">{session.nextCode}</p>
      <Button type="primary" size="large" block href={HOME}>
        {session.toSignIn}
      </Button>
    </>
  );
}

/** A link that was used in the meantime is no wrong password. */
function Refused({ error }: { error: unknown }) {
  const { session } = useWords();
  if (codeOf(error) !== "unauthorized") return <Trouble error={error} />;
  return <Alert type="error" showIcon role="alert" title={session.linkGone} description={session.linkGoneText} />;
}

interface ChooseProps {
  link: Link;
  choose: (chosen: Chosen) => void;
  waits: boolean;
  error: unknown;
}

function Choose({ link, choose, waits, error }: ChooseProps) {
  const words = useWords();
  const { session, kit } = words;
  const [form] = Form.useForm<Chosen>();
  const [told, setTold] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer is told once
  useEffect(() => setTold(markRefused(form, error, words)), [error]);
  const rules = [{ required: true, message: kit.required }];
  const first = link.kind === "set_up";
  const send = ({ email, name, password, totp }: Chosen) =>
    choose({ name, password, totp, totp_secret: link.totp_secret, ...(first && email && { email: email.trim() }) });
  return (
    <Form<Chosen>
      form={form}
      layout="vertical"
      onFinish={send}
      requiredMark={false}
      initialValues={{ name: link.name }}
    >
      <h1>{session.links[link.kind].title}</h1>
      <p>{session.links[link.kind].text}</p>
      {first ? (
        <Form.Item name="email" label={session.email} rules={rules}>
          <Input type="email" autoComplete="username" />
        </Form.Item>
      ) : (
        <p>
          {session.email}: <strong>{link.email}</strong>
        </p>
      )}
      <Form.Item name="name" label={session.name} rules={rules}>
        <Input autoComplete="name" />
      </Form.Item>
      <Form.Item name="password" label={session.password} extra={session.passwordHelp} rules={rules}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <h2>{session.factor}</h2>
      <Authenticator of={link} />
      {error !== null && error !== undefined && !told && <Refused error={error} />}
      <Button type="primary" htmlType="submit" size="large" block loading={waits}>
        {session.links[link.kind].act}
      </Button>
    </Form>
  );
}
