/** Keys of the API. */

import { api } from "../api/client";
import { take } from "../api/problem";
import type { ApiKey } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Id, When } from "../kit/values";
import { KeyState, Revoke } from "../parts/key-acts";
import { useMerchant } from "../session/context";
import { useWords } from "../words";

export default function Keys() {
  const { settings, frame } = useWords();
  const merchant = useMerchant();
  const path = { id: merchant.id };
  const columns: Column<ApiKey>[] = [
    { key: "name", title: settings.keyName, cell: one => one.name },
    { key: "id", title: "ID", cell: one => <Id id={one.id} /> },
    { key: "mode", title: settings.mode, cell: one => frame.modes[one.mode] },
    {
      key: "scopes",
      title: settings.scopes,
      cell: one => one.scopes.map(scope => settings.scopeWords[scope]).join("，"),
    },
    { key: "state", title: settings.keyState, cell: one => <KeyState of={one} /> },
    { key: "rate", title: settings.rate, extra: true, number: true, cell: one => one.requests_per_minute ?? "–" },
    { key: "expires", title: settings.expires, extra: true, cell: one => <When at={one.expires_at} /> },
    { key: "created", title: settings.created, cell: one => <When at={one.created_at} /> },
    { key: "acts", title: "", cell: one => !one.revoked_at && <Revoke of={one} /> },
  ];
  const act = (
    <Go to="/keys/new" primary>
      {settings.newKey}
    </Go>
  );
  return (
    <ListPage
      title={settings.keysTitle}
      intro={settings.keysIntro}
      acts={act}
      name="keys"
      columns={columns}
      id={one => one.id}
      load={() => take(api.GET("/v1/merchants/{id}/keys", { params: { path } }))}
      empty={{ title: settings.keysEmptyTitle, text: settings.keysEmptyText, act }}
    />
  );
}
