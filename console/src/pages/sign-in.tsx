/** The door: password, then the code of the second factor; in the demo one click. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { codeOf } from "../api/problem";
import { Trouble } from "../kit/trouble";
import { Door } from "../parts/door";
import { SESSION } from "../session/context";
import { passkeysWork, signInWithPasskey } from "../session/passkey";
import { type DemoEntry, demoEntry, enterDemo, type Session, signIn } from "../session/session";
import { useWords } from "../words";

interface Typed {
  email: string;
  password: string;
  totp?: string;
}

export default function SignIn() {
  const { session } = useWords();
  const demo = useQuery({ queryKey: ["demo"], queryFn: demoEntry, staleTime: Number.POSITIVE_INFINITY });
  return (
    <Door title={session.title}>
      <SignInForm />
      {demo.data && <Demo demo={demo.data} />}
    </Door>
  );
}

function useEntered() {
  const queries = useQueryClient();
  return (session: Session) => queries.setQueryData(SESSION, session);
}

function SignInForm() {
  const { session, kit } = useWords();
  const entered = useEntered();
  const [second, setSecond] = useState(false);
  const entering = useMutation({
    mutationFn: ({ email, password, totp }: Typed) => signIn(email.trim(), password, totp),
    onSuccess: entered,
    onError: error => setSecond(second || codeOf(error) === "second_factor_required"),
  });
  const code = codeOf(entering.error);
  const rules = [{ required: true, message: kit.required }];
  return (
    <section className="section">
      <h1>{session.title}</h1>
      <Form<Typed> layout="vertical" onFinish={entering.mutate} requiredMark={false}>
        <Form.Item name="email" label={session.email} rules={rules} hidden={second}>
          <Input type="email" autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={session.password} rules={rules} hidden={second}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {second && <SecondFactor />}
        {code === "unauthorized" && (
          <Alert type="error" showIcon title={session.wrong} description={session.wrongCure} />
        )}
        {entering.error && code !== "unauthorized" && code !== "second_factor_required" && (
          <Trouble error={entering.error} />
        )}
        <Button type="primary" htmlType="submit" size="large" block loading={entering.isPending}>
          {session.submit}
        </Button>
        {!second && passkeysWork() && <PasskeyButton />}
        {second && (
          <Button type="text" block onClick={() => setSecond(false)}>
            {session.again}
          </Button>
        )}
      </Form>
    </section>
  );
}

/** The code of the authenticator, or, without it at hand, one of the recovery codes. */
function SecondFactor() {
  const { session, kit } = useWords();
  const [recovery, setRecovery] = useState(false);
  const rules = [{ required: true, message: kit.required }];
  return (
    <>
      {recovery ? (
        <Form.Item key="recovery" name="totp" label={session.code} extra={session.codeText} rules={rules}>
          <Input autoComplete="off" autoFocus placeholder={session.codeHint} />
        </Form.Item>
      ) : (
        <Form.Item key="totp" name="totp" label={session.totp} extra={session.totpText} rules={rules}>
          <Input
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            autoFocus
            placeholder={session.totpHint}
          />
        </Form.Item>
      )}
      <p>
        <Button type="link" className="inline" onClick={() => setRecovery(!recovery)}>
          {recovery ? session.useTotp : session.useCode}
        </Button>
      </p>
    </>
  );
}

function PasskeyButton() {
  const { session } = useWords();
  const entered = useEntered();
  const entering = useMutation({ mutationFn: signInWithPasskey, onSuccess: entered });
  return (
    <>
      <Button type="text" block loading={entering.isPending} onClick={() => entering.mutate()}>
        {session.passkey}
      </Button>
      {entering.error &&
        (codeOf(entering.error) === "unauthorized" ? (
          <Alert type="error" showIcon title={session.passkeyUnknown} description={session.passkeyUnknownCure} />
        ) : (
          <Trouble error={entering.error} />
        ))}
    </>
  );
}

function Demo({ demo }: { demo: DemoEntry }) {
  const { session, frame } = useWords();
  const entered = useEntered();
  const entering = useMutation({ mutationFn: enterDemo, onSuccess: entered });
  return (
    <section className="section">
      <h2>{session.demo}</h2>
      <p className="muted">{session.demoText}</p>
      <div className="demo-people">
        {demo.people.map(({ email, role, merchant }, place) => (
          <Button key={email} type={place === 0 ? "primary" : "default"} onClick={() => entering.mutate(email)}>
            {session.demoAs((frame.roles as Record<string, string>)[role] ?? role)}
            <small>{merchant}</small>
          </Button>
        ))}
      </div>
      <h3>{session.tryFirst}</h3>
      <ol>
        {session.trySteps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h3>{session.shops}</h3>
      <ul className="plain">
        {demo.shops.map(({ name, url }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer">
              {name}
            </a>
          </li>
        ))}
      </ul>
      {entering.error && <Trouble error={entering.error} />}
    </section>
  );
}
