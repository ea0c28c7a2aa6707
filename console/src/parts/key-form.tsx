/** What is asked of a new key of the API, and its secret, which is shown once. */

import { Modal } from "antd";
import type { Scope } from "../api/types";
import type { Field, Group } from "../kit/fields";
import { Copy } from "../kit/values";
import { useWords } from "../words";
import { useScopes } from "./vocabulary";

export interface TypedKey {
  name: string;
  scopes: Scope[];
  requests_per_minute?: number | null;
  expires_at?: string | null;
}

/** The fields; with those that only some keys ask for behind the name. */
export function useKeyGroups(may: (scope: string) => boolean, more: Field[] = []): Group[] {
  const { settings } = useWords();
  const { words, lent } = useScopes();
  const choices = Object.entries(words)
    .filter(([scope]) => lent(scope) && may(scope))
    .map(([value, label]) => ({ value, label }));
  return [
    {
      title: settings.newKey,
      fields: [
        { kind: "text", name: "name", label: settings.keyName, hint: settings.keyNameHint, required: true, max: 200 },
        ...more,
        { kind: "choices", name: "scopes", label: settings.scopes, required: true, choices },
        { kind: "integer", name: "requests_per_minute", label: settings.rate, help: settings.rateHelp, min: 1 },
        { kind: "time", name: "expires_at", label: settings.expires, help: settings.expiresHelp },
      ],
    },
  ];
}

export function Secret({ of, close }: { of: string | undefined; close: () => void }) {
  const { settings, kit } = useWords();
  return (
    <Modal
      open={of !== undefined}
      title={settings.secretTitle}
      closable={false}
      mask={{ closable: false }}
      okText={kit.done}
      onOk={close}
      cancelButtonProps={{ hidden: true }}
    >
      <p>{settings.secretText}</p>
      <p className="code-card">
        <code>{of}</code> <Copy text={of ?? ""} />
      </p>
    </Modal>
  );
}
