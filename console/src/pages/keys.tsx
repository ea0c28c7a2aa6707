/** A merchant's keys of the API, for the operator. */

import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { ApiKey } from "../api/types";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Id, When } from "../kit/values";
import { KeyState, Revoke } from "../parts/key-acts";
import { useVocabulary } from "../parts/vocabulary";
import { useWords } from "../words";

export default function Keys() {
  const { settings, frame } = useWords();
  const { said } = useVocabulary();
  const path = useParams({ strict: false }) as { id: string };
  const columns: Column<ApiKey>[] = [
    { key: "name", title: settings.keyName, cell: one => one.name },
    { key: "id", title: "ID", cell: one => <Id id={one.id} /> },
    { key: "mode", title: settings.mode, cell: one => frame.modes[one.mode] },
    {
      key: "scopes",
      title: settings.scopes,
      cell: one => said("scopes", one.scopes),
    },
    { key: "state", title: settings.keyState, cell: one => <KeyState of={one} /> },
    { key: "rate", title: settings.rate, extra: true, number: true, cell: one => one.requests_per_minute ?? "–" },
    { key: "expires", title: settings.expires, extra: true, cell: one => <When at={one.expires_at} /> },
    { key: "created", title: settings.created, cell: one => <When at={one.created_at} /> },
    { key: "acts", title: "", cell: one => !one.revoked_at && <Revoke of={one} /> },
  ];
  const act = (
    <Go to={`/merchants/${path.id}/new-key`} primary>
      {settings.newKey}
    </Go>
  );
  return (
    <ListPage
      title={settings.keysTitle}
      intro={settings.keysIntro}
      acts={act}
      back={{ to: "/merchants", text: settings.merchants }}
      name="keys"
      of={path.id}
      columns={columns}
      id={one => one.id}
      load={() => take(api.GET("/v1/merchants/{id}/keys", { params: { path } }))}
      empty={{ title: settings.keysEmptyTitle, text: settings.keysEmptyText, act }}
    />
  );
}
