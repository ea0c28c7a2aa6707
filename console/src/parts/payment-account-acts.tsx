/** An account at a payment channel is switched on and off, and put away. */

import { useQueryClient } from "@tanstack/react-query";
import { Act } from "../kit/act";
import { State } from "../kit/values";
import type { PaymentAccount } from "../lib/payment-account";
import type { Kind } from "../lib/resource";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { Archive } from "./archive";
import { resources } from "./kinds";

export const PLURAL = "payment-accounts";

export function AccountState({ of }: { of: PaymentAccount }) {
  const { accounts } = useWords();
  if (of.archived_at) return <State tone="calm">{accounts.archived}</State>;
  return <State tone={of.enabled ? "good" : "calm"}>{of.enabled ? accounts.on : accounts.off}</State>;
}

export function AccountSwitch({ of }: { of: PaymentAccount }) {
  const { accounts } = useWords();
  const can = useCan();
  const queries = useQueryClient();
  if (of.archived_at || !can("payment_account:write")) return null;
  const turn = async () => {
    const made = await resources.edit(PLURAL, of, { enabled: !of.enabled });
    await queries.invalidateQueries({ queryKey: [PLURAL] });
    await queries.invalidateQueries({ queryKey: ["resource", of.id] });
    return made;
  };
  return of.enabled ? (
    <Act word={accounts.disable} title={accounts.disableTitle(of.name)} text={accounts.disableText} run={turn} />
  ) : (
    <Act word={accounts.enable} title={accounts.enableTitle(of.name)} text={accounts.enableText} run={turn} />
  );
}

export function AccountActs({ kind, of }: { kind: Kind; of: PaymentAccount }) {
  const can = useCan();
  if (!can(kind.write)) return null;
  return (
    <>
      <AccountSwitch of={of} />
      <Archive kind={kind} one={of} />
    </>
  );
}
