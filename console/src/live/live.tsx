/** Keeps what is on screen as it is in the shop: whatever becomes old by what happened is asked again. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useKinds } from "../parts/kinds";
import { useMerchant } from "../session/context";
import { ABOUT, follow, MISSED } from "./stream";
import { isForm, touchedBy } from "./touched";

/** What happens within this time is asked about once. */
const GATHER_MS = 1_000;

export function Live() {
  const queries = useQueryClient();
  const { id, mode } = useMerchant();
  const { kinds, isPending } = useKinds();
  const names = [...ABOUT, ...kinds.map(kind => kind.kind)].join(" ");
  useEffect(() => {
    if (!id || !mode || isPending) return;
    const kinds = new Set<string>();
    let missed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      const touched = missed ? (key: readonly unknown[]) => key[0] !== "session" && !isForm(key) : touchedBy(kinds);
      missed = false;
      kinds.clear();
      void queries.invalidateQueries({ predicate: ({ queryKey }) => touched(queryKey) });
    };
    const stop = follow({ merchant: id, mode }, names.split(" "), heard => {
      if (heard === MISSED) missed = true;
      else kinds.add(heard.kind);
      timer ??= setTimeout(refresh, GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [queries, id, mode, names, isPending]);
  return null;
}
