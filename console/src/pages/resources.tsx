/** The table of any kind of resources. */

import { Navigate } from "@tanstack/react-router";
import { ListPage } from "../kit/list-page";
import type { Kind } from "../lib/resource";
import { NewOne, useKindList } from "../parts/kind-list";
import { placeOf } from "../parts/kinds";
import { OfKind, useTongue } from "../parts/of-kind";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function ResourcesPage() {
  return <OfKind>{kind => <PlaceOf key={kind.plural} kind={kind} />}</OfKind>;
}

/** A kind with a page of its own is shown there. */
function PlaceOf({ kind }: { kind: Kind }) {
  const place = placeOf(kind);
  return place === `/r/${kind.plural}` || !place ? <TableOf kind={kind} /> : <Navigate to={place} replace />;
}

function TableOf({ kind }: { kind: Kind }) {
  const { settings } = useWords();
  const tongue = useTongue();
  const can = useCan();
  return (
    <ListPage
      title={kind.words[tongue]}
      back={{ to: "/resources", text: settings.resourcesTitle }}
      acts={can(kind.write) && <NewOne kind={kind} />}
      {...useKindList(kind)}
    />
  );
}
