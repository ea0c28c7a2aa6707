/** How an export stands, and its file. */

import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { cancelExport, fileOf, isOpen } from "../api/exports";
import type { ListExport } from "../api/types";
import { Trouble } from "../kit/trouble";
import { State, type Tone } from "../kit/values";
import { count } from "../lib/money";
import { useWords } from "../words";
import { useKinds } from "./kinds";
import { useTongue } from "./of-kind";

const TONES: Record<ListExport["state"], Tone> = {
  waiting: "busy",
  running: "busy",
  done: "good",
  failed: "bad",
  cancelled: "calm",
  expired: "calm",
};

/** What a list is called; one of a kind of resources as its kind. */
export function useListName(): (list: string) => string {
  const { exports } = useWords();
  const tongue = useTongue();
  const { kinds } = useKinds();
  return list =>
    (exports.lists as Record<string, string>)[list] ?? kinds.find(kind => kind.plural === list)?.words[tongue] ?? list;
}

export function ExportState({ of }: { of: ListExport }) {
  const { exports } = useWords();
  const rows = of.state === "running" || of.state === "done" ? exports.rows(count(of.rows)) : "";
  return (
    <State tone={TONES[of.state]}>
      {exports.states[of.state]}
      {rows && ` · ${rows}`}
    </State>
  );
}

/** Takes the file, or gives up waiting for it. */
export function ExportAct({ of, taken }: { of: ListExport; taken?: () => void }) {
  const { exports, kit } = useWords();
  const taking = useMutation({
    mutationFn: () => fileOf(of.id),
    onSuccess: url => {
      if (url) location.assign(url);
      taken?.();
    },
  });
  const leaving = useMutation({ mutationFn: () => cancelExport(of.id) });
  const error = taking.error ?? leaving.error;
  return (
    <>
      {of.state === "done" && (
        <Button type="primary" onClick={() => taking.mutate()} loading={taking.isPending}>
          {exports.take}
        </Button>
      )}
      {isOpen(of) && (
        <Button onClick={() => leaving.mutate()} loading={leaving.isPending}>
          {kit.cancel}
        </Button>
      )}
      {error && <Trouble error={error} />}
    </>
  );
}
