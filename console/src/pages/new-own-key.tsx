/** A new key of the shop and mode that is worked for; nobody gives a right that he lacks. */

import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { ApiKey } from "../api/types";
import { FormPage } from "../kit/form-page";
import { Secret, type TypedKey, useKeyGroups } from "../parts/key-form";
import { useCan, useMerchant } from "../session/context";
import { useWords } from "../words";

export default function NewOwnKey() {
  const { settings, frame } = useWords();
  const { mode } = useMerchant();
  const navigate = useNavigate();
  const [secret, setSecret] = useState<string>();
  const groups = useKeyGroups(useCan());
  const save = (body: TypedKey) => take(api.POST("/v1/keys", { body }));
  return (
    <>
      <FormPage<TypedKey, ApiKey>
        title={settings.newKey}
        intro={mode && frame.modes[mode]}
        back={{ to: "/keys", text: settings.keysTitle }}
        groups={groups}
        initial={{ scopes: ["catalog:read", "orders:read"] }}
        save={save}
        saved={key => setSecret(key.secret ?? "")}
        saveWord={settings.newKey}
      />
      <Secret of={secret} close={() => void navigate({ to: "/keys" })} />
    </>
  );
}
