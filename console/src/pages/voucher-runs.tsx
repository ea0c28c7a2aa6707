/** Runs of vouchers, newest first: how far they are, and their codes. */

import { useQueryClient } from "@tanstack/react-query";
import { cursor } from "../api/pages";
import type { VoucherRun } from "../api/types";
import { runs } from "../api/voucher-runs";
import { type Column, ListPage } from "../kit/list-page";
import { State, type Tone, When } from "../kit/values";
import { count } from "../lib/money";
import { RunActs } from "../parts/run-acts";
import { SkuLink } from "../parts/sku-link";
import { useWords } from "../words";

const TONES: Record<VoucherRun["state"], Tone> = { running: "busy", done: "good", stopped: "calm" };

export default function VoucherRuns() {
  const { vouchers } = useWords();
  const queries = useQueryClient();
  const again = () => void queries.invalidateQueries({ queryKey: ["voucher-runs"] });
  const columns: Column<VoucherRun>[] = [
    { key: "created_at", title: vouchers.begun, cell: one => <When at={one.created_at} /> },
    { key: "sku", title: vouchers.sku, cell: one => <SkuLink id={one.sku} /> },
    {
      key: "made",
      fields: ["made", "quantity"],
      title: vouchers.progress,
      number: true,
      cell: one => vouchers.progressOf(count(one.made), count(one.quantity)),
    },
    {
      key: "state",
      title: vouchers.state,
      cell: one => <State tone={TONES[one.state]}>{vouchers.runStates[one.state]}</State>,
    },
    { key: "ended_at", title: vouchers.ended, cell: one => <When at={one.ended_at} /> },
    { key: "acts", title: vouchers.takeCodes, fields: [], cell: one => <RunActs of={one} done={again} /> },
  ];
  return (
    <ListPage
      title={vouchers.runsTitle}
      intro={vouchers.runsIntro}
      back={{ to: "/vouchers", text: vouchers.title }}
      name="voucher-runs"
      columns={columns}
      id={one => one.id}
      load={wanted => runs.list(cursor(wanted))}
      empty={{ title: vouchers.runsEmptyTitle, text: vouchers.runsEmptyText }}
    />
  );
}
