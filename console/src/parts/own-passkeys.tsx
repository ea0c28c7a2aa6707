/** The passkeys of whoever is signed in: each has a name, so that the one of a lost device is known. */

import { useQuery } from "@tanstack/react-query";
import { Form, Input } from "antd";
import { useState } from "react";
import { Act } from "../kit/act";
import { Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { When } from "../kit/values";
import { browserOf } from "../lib/agent";
import { passkeys, removePasskey } from "../session/account";
import { addPasskey, passkeysWork } from "../session/passkey";
import { useWords } from "../words";

export function OwnPasskeys() {
  const { session } = useWords();
  const asked = useQuery({ queryKey: ["own", "passkeys"], queryFn: passkeys });
  return (
    <Section title={session.passkeys} acts={passkeysWork() && <Add />}>
      <p className="muted">{passkeysWork() ? session.passkeysText : session.passkeysUnfit}</p>
      {asked.isPending && <Waiting />}
      {asked.error && <Trouble error={asked.error} />}
      {asked.data?.length === 0 && <p>{session.passkeysNone}</p>}
      <ul className="own">
        {asked.data?.map(({ id, name, created_at }) => (
          <li key={id}>
            <span>{name}</span>
            <When at={created_at} />
            <Act
              word={session.passkeyRemove}
              danger
              title={session.passkeyRemoveTitle(name)}
              text={session.passkeyRemoveText}
              run={() => removePasskey(id)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Add() {
  const { session } = useWords();
  const [name, setName] = useState(() => browserOf(navigator.userAgent));
  return (
    <Act
      word={session.passkeyAdd}
      title={session.passkeyAdd}
      text={session.passkeyAddText}
      ready={name.trim() !== ""}
      run={() => addPasskey(name.trim())}
    >
      <Form layout="vertical" component="div" className="reason">
        <Form.Item label={session.passkeyName} htmlFor="passkey-name" extra={session.passkeyNameHelp}>
          <Input id="passkey-name" maxLength={60} value={name} onChange={event => setName(event.target.value)} />
        </Form.Item>
      </Form>
    </Act>
  );
}
