/** A resource is put away and taken back. */

import { Act } from "../kit/act";
import { type Kind, type Resource, titleOf } from "../lib/resource";
import { useWords } from "../words";
import { resources } from "./kinds";

export function Archive({ kind, one }: { kind: Kind; one: Resource }) {
  const { settings } = useWords();
  const name = titleOf(kind, one);
  if (one.archived_at) {
    return (
      <Act
        word={settings.restore}
        title={settings.restore}
        text={name}
        run={() => resources.put(kind.plural, one, "restore")}
      />
    );
  }
  return (
    <Act
      word={settings.archive}
      danger
      title={settings.archiveTitle(name)}
      text={settings.archiveText}
      run={() => resources.put(kind.plural, one, "archive")}
    />
  );
}
