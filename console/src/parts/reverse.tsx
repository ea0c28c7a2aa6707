/** Takes a redemption back, with a reason, as long as that is possible. */

import { api } from "../api/client";
import { take } from "../api/problem";
import type { Redemption } from "../api/types";
import { Act } from "../kit/act";
import { State, When } from "../kit/values";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { muchText } from "./how-much";
import { reversible } from "./reversible";

export function Reverse({ of, done }: { of: Redemption; done: () => void }) {
  const words = useWords();
  const { vouchers } = words;
  const can = useCan();
  if (of.reversed_at)
    return (
      <State tone="care">
        {vouchers.wasReversed} <When at={of.reversed_at} />
      </State>
    );
  if (!can("vouchers:redeem") || !reversible(of, new Date())) return null;
  const much = muchText(of.taken, words);
  return (
    <Act
      word={vouchers.reverse}
      danger
      small
      title={vouchers.reverseTitle(much)}
      text={vouchers.reverseText(much)}
      reason="required"
      run={reason => take(api.POST("/v1/redemptions/{id}/reverse", reversal(of.id, reason)))}
      done={done}
    />
  );
}

const reversal = (id: string, reason: string) => ({ params: { path: { id } }, body: { reason } });
