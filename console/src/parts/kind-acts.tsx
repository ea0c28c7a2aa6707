/** What can be done with a resource: putting it away and taking it back, and what only some kinds have. */

import type { ComponentType } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import { Act } from "../kit/act";
import { Go } from "../kit/page";
import type { Kind, Resource } from "../lib/resource";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { Archive } from "./archive";

/** A kind without a line here has no act of its own. */
const OWN: Record<string, ComponentType<{ one: Resource }>> = { staff: Invite, store: ToDay };

export function ResourceActs({ kind, one }: { kind: Kind; one: Resource }) {
  const Own = OWN[kind.kind];
  return (
    <>
      {Own && !one.archived_at && <Own one={one} />}
      <Archive kind={kind} one={one} />
    </>
  );
}

/** Sends a link by which somebody chooses password and second factor, or tells him that he was taken in. */
function Invite({ one }: { one: Resource }) {
  const { settings } = useWords();
  return (
    <Act
      word={settings.invite}
      primary
      title={settings.inviteTitle(String(one.name))}
      text={settings.inviteText(String(one.email))}
      run={() => take(api.POST("/v1/staff/{id}/invite", { params: { path: { id: one.id } } }))}
    />
  );
}

/** What was redeemed there today. */
function ToDay({ one }: { one: Resource }) {
  const { vouchers } = useWords();
  const can = useCan();
  return can("vouchers:read") && <Go to={`/stores/${one.id}`}>{vouchers.dayTitle}</Go>;
}
