/** A new key of a merchant, made by the operator. */

import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { ApiKey } from "../api/types";
import { FormPage } from "../kit/form-page";
import { Secret, type TypedKey, useKeyGroups } from "../parts/key-form";
import { useWords } from "../words";

type Typed = TypedKey & { mode: ApiKey["mode"] };

export default function NewKey() {
  const { settings, frame } = useWords();
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const [secret, setSecret] = useState<string>();
  const choices = Object.entries(frame.modes).map(([value, label]) => ({ value, label }));
  const groups = useKeyGroups(
    () => true,
    [{ kind: "choice", name: "mode", label: settings.mode, required: true, choices }],
  );
  const save = (body: Typed) => take(api.POST("/v1/merchants/{id}/keys", { params: { path: { id } }, body }));
  return (
    <>
      <FormPage<Typed, ApiKey>
        title={settings.newKey}
        back={{ to: `/merchants/${id}/keys`, text: settings.keysTitle }}
        groups={groups}
        initial={{ mode: "test", scopes: ["catalog:read", "orders:read", "orders:write"] }}
        save={save}
        saved={key => setSecret(key.secret ?? "")}
        saveWord={settings.newKey}
      />
      <Secret of={secret} close={() => void navigate({ to: `/merchants/${id}/keys` })} />
    </>
  );
}
