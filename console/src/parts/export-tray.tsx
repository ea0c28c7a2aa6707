/** Files that are being written, wherever one is in the console; each stays in view until it was taken or put away. */

import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { isOpen, newestExports } from "../api/exports";
import type { ListExport } from "../api/types";
import { useCan, useMerchant } from "../session/context";
import { selected } from "../session/place";
import { useWords } from "../words";
import { ExportAct, ExportState, useListName } from "./export-file";

const NEWEST = 5;
const POLL_MS = 1_000;
/** What ended longer ago stands on its page alone. */
const RECENT_MS = 600_000;
const KEY = "tessera.exports.away";

const kept = (): string[] => {
  try {
    const away: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(away) ? away.filter(id => typeof id === "string") : [];
  } catch {
    return [];
  }
};

const recent = ({ state, ended_at }: ListExport): boolean =>
  (state === "done" || state === "failed") && !!ended_at && Date.now() - Date.parse(ended_at) < RECENT_MS;

export function ExportTray() {
  const { exports, kit } = useWords();
  const { id } = useMerchant();
  const can = useCan()("exports:own");
  const nameOf = useListName();
  const [away, setAway] = useState(kept);
  const { data } = useQuery({
    queryKey: ["exports", "newest", selected()],
    queryFn: () => newestExports(NEWEST),
    enabled: can && id !== "",
    refetchInterval: query => (query.state.data?.data.some(isOpen) ? POLL_MS : false),
  });
  const shown = (data?.data ?? []).filter(one => !away.includes(one.id) && (isOpen(one) || recent(one)));
  if (shown.length === 0) return null;
  const putAway = (one: string) => {
    const next = [...away, one];
    sessionStorage.setItem(KEY, JSON.stringify(next));
    setAway(next);
  };
  return (
    <section className="tray" aria-label={exports.tray}>
      {shown.map(one => (
        <div key={one.id} role="status">
          <strong>{exports.file(nameOf(one.list), one.format.toUpperCase())}</strong>
          <ExportState of={one} />
          <span className="grow" />
          <ExportAct of={one} taken={() => putAway(one.id)} />
          <Button type="text" aria-label={kit.close} onClick={() => putAway(one.id)}>
            ✕
          </Button>
        </div>
      ))}
    </section>
  );
}
