/** The keys of the shop that is worked for. */

import { api } from "../api/client";
import { take } from "../api/problem";
import { ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { Revoke } from "../parts/key-acts";
import { useKeyColumns } from "../parts/key-columns";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function OwnKeys() {
  const { settings } = useWords();
  const writes = useCan()("keys:write");
  const columns = useKeyColumns(one => writes && <Revoke of={one} own />);
  const act = writes && (
    <Go to="/keys/new" primary>
      {settings.newKey}
    </Go>
  );
  return (
    <ListPage
      title={settings.keysTitle}
      intro={settings.keysIntro}
      acts={act}
      name="own-keys"
      columns={columns}
      id={one => one.id}
      load={() => take(api.GET("/v1/keys"))}
      empty={{ title: settings.keysEmptyTitle, text: settings.keysEmptyText, act }}
    />
  );
}
