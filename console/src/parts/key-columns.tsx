/** The columns of lists of keys. */

import type { ReactNode } from "react";
import type { ApiKey } from "../api/types";
import type { Column } from "../kit/list-page";
import { Id, When } from "../kit/values";
import { useWords } from "../words";
import { KeyState } from "./key-acts";
import { useVocabulary } from "./vocabulary";

export function useKeyColumns(acts: (key: ApiKey) => ReactNode): Column<ApiKey>[] {
  const { settings, frame } = useWords();
  const { said } = useVocabulary();
  return [
    { key: "name", title: settings.keyName, cell: one => one.name },
    { key: "id", title: "ID", cell: one => <Id id={one.id} /> },
    { key: "mode", title: settings.mode, cell: one => frame.modes[one.mode] },
    { key: "scopes", title: settings.scopes, cell: one => said("scopes", one.scopes) },
    { key: "state", fields: ["revoked_at"], title: settings.keyState, cell: one => <KeyState of={one} /> },
    {
      key: "requests_per_minute",
      title: settings.rate,
      extra: true,
      number: true,
      cell: one => one.requests_per_minute ?? "–",
    },
    { key: "expires_at", title: settings.expires, extra: true, cell: one => <When at={one.expires_at} /> },
    { key: "created_at", title: settings.created, cell: one => <When at={one.created_at} /> },
    { key: "acts", title: "", cell: one => !one.revoked_at && acts(one) },
  ];
}
