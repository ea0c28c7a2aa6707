/** What can be done with resources of some kinds beside editing them. A kind without a line here has no such act. */

import type { ComponentType } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import { Act } from "../kit/act";
import type { Resource } from "../lib/resource";
import { useWords } from "../words";

export const KIND_ACTS: Record<string, ComponentType<{ one: Resource }>> = { staff: Invite };

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
