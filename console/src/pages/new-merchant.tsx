/** A new merchant; its owner comes next. */

import { useNavigate } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Merchant } from "../api/types";
import { FormPage } from "../kit/form-page";
import { useWords } from "../words";

interface Typed {
  name: string;
  zone: string;
}

export default function NewMerchant() {
  const { settings } = useWords();
  const navigate = useNavigate();
  return (
    <FormPage<Typed, Merchant>
      title={settings.newMerchant}
      back={{ to: "/merchants", text: settings.merchants }}
      groups={[
        {
          title: settings.newMerchant,
          fields: [
            { kind: "text", name: "name", label: settings.merchant, required: true, max: 200 },
            { kind: "text", name: "zone", label: settings.zone, help: settings.zoneHelp, required: true, max: 60 },
          ],
        },
      ]}
      initial={{ zone: "Asia/Shanghai" }}
      save={typed => take(api.POST("/v1/merchants", { body: typed }))}
      saved={made => void navigate({ to: `/merchants/${made.id}/owner` })}
      saveWord={settings.newMerchant}
    />
  );
}
