/** What is done about an act that waits for a second person, and how it stands. */

import { Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Approval } from "../api/types";
import { Act } from "../kit/act";
import { State, type Tone } from "../kit/values";
import { written } from "../lib/money";
import { useCan, useSession } from "../session/context";
import { useWords, type Words } from "../words";
import { Given } from "./given";

const TONES: Record<Approval["state"], Tone> = {
  open: "care",
  done: "good",
  failed: "bad",
  refused: "calm",
  expired: "calm",
};

export function ApprovalState({ of }: { of: Approval }) {
  const { approvals } = useWords();
  return <State tone={TONES[of.state]}>{approvals.states[of.state]}</State>;
}

/** The money or the pieces that it is about; nothing where it is about neither. */
export function sizeOf({ amount, pieces }: Approval, { approvals }: Words): string | undefined {
  if (amount) return written(amount);
  return typeof pieces === "number" ? approvals.pieces(pieces) : undefined;
}

/** Yes or no, and for who asked what it gave. */
export function ApprovalActs({ of }: { of: Approval }) {
  const can = useCan();
  const { person } = useSession();
  const own = of.requester === person.id;
  if (of.state === "open") return can("approvals:decide") && <Decide of={of} own={own} />;
  return own && of.to_take && <Take of={of} />;
}

function Decide({ of, own }: { of: Approval; own: boolean }) {
  const words = useWords();
  const { approvals } = words;
  const act = approvals.acts[of.act];
  const path = { params: { path: { id: of.id } } };
  return (
    <>
      <Act
        word={approvals.approve}
        primary
        title={approvals.approveTitle(act)}
        text={own ? approvals.ownText : approvals.approveText(sizeOf(of, words) ?? "")}
        run={() => take(api.POST("/v1/approvals/{id}/approve", path))}
      />
      <Act
        word={approvals.refuse}
        danger
        title={approvals.refuseTitle(act)}
        text={approvals.refuseText}
        reason="optional"
        run={reason => take(api.POST("/v1/approvals/{id}/refuse", { ...path, body: { reason: reason || null } }))}
      />
    </>
  );
}

/** Codes or the secret of a key: shown once, and kept nowhere but in this window. */
function Take({ of }: { of: Approval }) {
  const { approvals } = useWords();
  const [given, setGiven] = useState<unknown>();
  return (
    <>
      <Act
        word={approvals.take}
        primary
        title={approvals.takeTitle}
        text={approvals.takeText}
        run={() => take(api.POST("/v1/approvals/{id}/result", { params: { path: { id: of.id } } }))}
        done={({ result }) => setGiven(result)}
      />
      <Modal
        open={given !== undefined}
        title={approvals.taken}
        footer={null}
        mask={{ closable: false }}
        onCancel={() => setGiven(undefined)}
        destroyOnHidden
      >
        <Given given={given} />
      </Modal>
    </>
  );
}
