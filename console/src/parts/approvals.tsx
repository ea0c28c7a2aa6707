/** What is done about an act that waits for a second person, and how it stands. */

import { Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Approval } from "../api/types";
import { Act } from "../kit/act";
import type { Filter } from "../kit/filters";
import { State, type Tone } from "../kit/values";
import { written } from "../lib/money";
import { useCan, useMerchant, useSession } from "../session/context";
import { inMode } from "../session/door";
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

/** By what approvals are listed; acts about people are of the live book, whichever mode one works in. */
export function useApprovalFilters(): Filter[] {
  const { approvals, frame } = useWords();
  const { id, mode } = useMerchant();
  const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
  const state = { key: "state", label: approvals.state, choices: choices(approvals.states) };
  const book = {
    key: "mode",
    label: approvals.mode,
    choices: choices({ live: frame.modes.live }),
    else: frame.modes.test,
  };
  return id && mode === "test" ? [state, book] : [state];
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
  return own && <Take of={of} />;
}

function Decide({ of, own }: { of: Approval; own: boolean }) {
  const words = useWords();
  const { approvals } = words;
  const act = approvals.acts[of.act];
  const path = { params: { path: { id: of.id } }, ...inMode(of.mode) };
  return (
    <>
      <Act
        word={approvals.approve}
        primary
        title={approvals.approveTitle(act)}
        text={own ? approvals.ownText : approvals.approveText(sizeOf(of, words) ?? "")}
        run={() => take(api.POST("/v1/approvals/{id}/approve", path))}
      />
      {!own && (
        <Act
          word={approvals.refuse}
          danger
          title={approvals.refuseTitle(act)}
          text={approvals.refuseText}
          reason="optional"
          run={reason => take(api.POST("/v1/approvals/{id}/refuse", { ...path, body: { reason: reason || null } }))}
        />
      )}
    </>
  );
}

/** Codes or the secret of a key: shown once, and kept nowhere but in this window, which outlives the button. */
function Take({ of }: { of: Approval }) {
  const { approvals } = useWords();
  const path = { params: { path: { id: of.id } }, ...inMode(of.mode) };
  const [given, setGiven] = useState<unknown>();
  return (
    <>
      {of.to_take && (
        <Act
          word={approvals.take}
          primary
          title={approvals.takeTitle}
          text={approvals.takeText}
          run={() => take(api.POST("/v1/approvals/{id}/result", path))}
          done={({ result }) => setGiven(result)}
        />
      )}
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
