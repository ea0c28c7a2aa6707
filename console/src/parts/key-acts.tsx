/** Whether a key is in force, and how it is taken out of it. */

import { api } from "../api/client";
import { take } from "../api/problem";
import type { ApiKey } from "../api/types";
import { Act } from "../kit/act";
import { State } from "../kit/values";
import { useWords } from "../words";

export function KeyState({ of }: { of: ApiKey }) {
  const { settings } = useWords();
  if (of.revoked_at) return <State tone="calm">{settings.revoked}</State>;
  const ended = of.expires_at && Date.parse(of.expires_at) < Date.now();
  return <State tone={ended ? "calm" : "good"}>{ended ? settings.ended : settings.active}</State>;
}

export function Revoke({ of, own }: { of: ApiKey; own?: boolean }) {
  const { settings } = useWords();
  const run = () =>
    own
      ? take(api.DELETE("/v1/keys/{id}", { params: { path: { id: of.id } } }))
      : take(api.DELETE("/v1/merchants/{id}/keys/{key}", { params: { path: { id: of.merchant, key: of.id } } }));
  return (
    <Act word={settings.revoke} danger title={settings.revokeTitle(of.name)} text={settings.revokeText} run={run} />
  );
}
