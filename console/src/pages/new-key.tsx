/** A new key of the API; its secret is shown once. */

import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { ApiKey, Scope } from "../api/types";
import type { Group } from "../kit/fields";
import { FormPage } from "../kit/form-page";
import { Copy } from "../kit/values";
import { useMerchant } from "../session/context";
import { useWords } from "../words";

interface Typed {
  name: string;
  scopes: Scope[];
  requests_per_minute?: number | null;
  expires_at?: string | null;
}

export default function NewKey() {
  const { settings, kit } = useWords();
  const merchant = useMerchant();
  const navigate = useNavigate();
  const [secret, setSecret] = useState<string>();
  const choices = (Object.keys(settings.scopeWords) as Scope[])
    .filter(scope => scope !== "merchants:write")
    .map(value => ({ value, label: settings.scopeWords[value] }));
  const groups: Group[] = [
    {
      title: settings.newKey,
      fields: [
        { kind: "text", name: "name", label: settings.keyName, hint: settings.keyNameHint, required: true, max: 200 },
        { kind: "choices", name: "scopes", label: settings.scopes, required: true, choices },
        { kind: "integer", name: "requests_per_minute", label: settings.rate, help: settings.rateHelp, min: 1 },
        { kind: "time", name: "expires_at", label: settings.expires, help: settings.expiresHelp },
      ],
    },
  ];
  const save = (typed: Typed) => {
    const body = { mode: merchant.mode ?? ("test" as const), ...typed };
    return take(api.POST("/v1/merchants/{id}/keys", { params: { path: { id: merchant.id } }, body }));
  };
  return (
    <>
      <FormPage<Typed, ApiKey>
        title={settings.newKey}
        back={{ to: "/keys", text: settings.keysTitle }}
        groups={groups}
        initial={{ scopes: ["catalog:read", "orders:read", "orders:write"] }}
        save={save}
        saved={key => setSecret(key.secret ?? "")}
        saveWord={settings.newKey}
      />
      <Modal
        open={secret !== undefined}
        title={settings.secretTitle}
        closable={false}
        mask={{ closable: false }}
        okText={kit.done}
        onOk={() => void navigate({ to: "/keys" })}
        cancelButtonProps={{ hidden: true }}
      >
        <p>{settings.secretText}</p>
        <p className="code-card">
          <code>{secret}</code> <Copy text={secret ?? ""} />
        </p>
      </Modal>
    </>
  );
}
