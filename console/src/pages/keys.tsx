/** A merchant's keys of the API, for the operator. */

import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import { ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Revoke } from "../parts/key-acts";
import { useKeyColumns } from "../parts/key-columns";
import { useWords } from "../words";

export default function Keys() {
  const { settings, terms } = useWords();
  const path = useParams({ strict: false }) as { id: string };
  const columns = useKeyColumns(one => <Revoke of={one} />);
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
      back={{ to: `/merchants/${path.id}`, text: terms.one }}
      name="keys"
      of={path.id}
      columns={columns}
      id={one => one.id}
      load={() => take(api.GET("/v1/merchants/{id}/keys", { params: { path } }))}
      empty={{ title: settings.keysEmptyTitle, text: settings.keysEmptyText, act }}
    />
  );
}
