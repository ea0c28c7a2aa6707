/** A new key of the API; its secret is shown once. */

import { useNavigate, useParams } from "@tanstack/react-router";
import { Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { ApiKey, Scope } from "../api/types";
import type { Group } from "../kit/fields";
import { FormPage } from "../kit/form-page";
import { Copy } from "../kit/values";
import { useKinds } from "../parts/kinds";
import { useWords } from "../words";

interface Typed {
  name: string;
  mode: ApiKey["mode"];
  scopes: Scope[];
  requests_per_minute?: number | null;
  expires_at?: string | null;
}

export default function NewKey() {
  const { settings, kit, frame } = useWords();
  const { id } = useParams({ strict: false }) as { id: string };
  const { kinds } = useKinds();
  const navigate = useNavigate();
  const [secret, setSecret] = useState<string>();
  const ofPeople = kinds.filter(kind => kind.of_people).flatMap(kind => [kind.read, kind.write]);
  const modes = Object.entries(frame.modes).map(([value, label]) => ({ value, label }));
  const choices = (Object.keys(settings.scopeWords) as Scope[])
    .filter(scope => scope !== "merchants:write" && !ofPeople.includes(scope))
    .map(value => ({ value, label: settings.scopeWords[value] }));
  const groups: Group[] = [
    {
      title: settings.newKey,
      fields: [
        { kind: "text", name: "name", label: settings.keyName, hint: settings.keyNameHint, required: true, max: 200 },
        { kind: "choice", name: "mode", label: settings.mode, required: true, choices: modes },
        { kind: "choices", name: "scopes", label: settings.scopes, required: true, choices },
        { kind: "integer", name: "requests_per_minute", label: settings.rate, help: settings.rateHelp, min: 1 },
        { kind: "time", name: "expires_at", label: settings.expires, help: settings.expiresHelp },
      ],
    },
  ];
  const save = (body: Typed) => take(api.POST("/v1/merchants/{id}/keys", { params: { path: { id } }, body }));
  return (
    <>
      <FormPage<Typed, ApiKey>
        title={settings.newKey}
        back={{ to: `/merchants/${id}`, text: settings.keysTitle }}
        groups={groups}
        initial={{ mode: "test", scopes: ["catalog:read", "orders:read", "orders:write"] }}
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
        onOk={() => void navigate({ to: `/merchants/${id}` })}
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
