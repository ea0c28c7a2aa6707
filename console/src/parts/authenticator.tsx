/** A second factor as an authenticator takes it: a picture to scan, the secret to type, and the code that proves it. */

import { Form, Input, QRCode } from "antd";
import { Copy } from "../kit/values";
import type { NewFactor } from "../session/account";
import { useWords } from "../words";

/** Stands in a form; the code is its field `totp`. */
export function Authenticator({ of: { totp_secret, totp_url } }: { of: NewFactor }) {
  const { session, kit } = useWords();
  return (
    <>
      <p>{session.factorText}</p>
      <div className="factor">
        {/* Whoever cannot see it reads the secret below. */}
        <span aria-hidden="true">
          <QRCode value={totp_url} type="svg" size={168} bordered={false} color="#000" bgColor="#fff" />
        </span>
        <p>
          {session.factorSecret} <code>{totp_secret}</code> <Copy text={totp_secret} />
        </p>
      </div>
      <Form.Item name="totp" label={session.totp} rules={[{ required: true, message: kit.required }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} placeholder={session.totpHint} />
      </Form.Item>
    </>
  );
}
