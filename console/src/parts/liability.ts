/** What was sold and is not used, out of the accounts: of each SKU what became of its vouchers, and money that is not earned. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Account } from "../api/types";

/** An account's balance without its sign: which way it counts is said by its kind. */
export interface Sum {
  amount: string;
  unit: string;
  /** The account. */
  id: string;
}

export interface LiabilityRow {
  sku: string;
  /** Two currencies of one SKU are two rows. */
  unit: string;
  granted?: Sum;
  redeemed?: Sum;
  lapsed?: Sum;
  outstanding?: Sum;
}

export interface Liability {
  unearned: Sum[];
  rows: LiabilityRow[];
  /** So many accounts were read, and there are more. */
  cut?: number;
}

const OF_VOUCHERS = ["granted", "redeemed", "lapsed", "outstanding"] as const;

const sum = ({ id, balance, unit }: Account): Sum => ({ id, amount: balance.replace("-", ""), unit });

const value = (of: Sum | undefined): number => Number(of?.amount ?? 0);

export function liabilityOf(accounts: readonly Account[]): Liability {
  const rows = new Map<string, LiabilityRow>();
  for (const one of accounts) {
    const kind = OF_VOUCHERS.find(kind => kind === one.kind);
    if (!kind) continue;
    const key = `${one.owner} ${one.unit}`;
    rows.set(key, { ...(rows.get(key) ?? { sku: one.owner, unit: one.unit }), [kind]: sum(one) });
  }
  return {
    unearned: accounts.filter(one => one.kind === "unearned").map(sum),
    rows: [...rows.values()].sort((a, b) => value(b.outstanding) - value(a.outstanding)),
  };
}

const PAGE = 200;
const PAGES = 25;

async function load(): Promise<Liability> {
  const accounts: Account[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const query = { limit: PAGE, ...(after && { after }) };
    const { data, next } = await take(api.GET("/v1/accounts", { params: { query } }));
    accounts.push(...data);
    if (!next) return liabilityOf(accounts);
    after = next;
  }
  return { ...liabilityOf(accounts), cut: accounts.length };
}

export const useLiability = () => useQuery({ queryKey: ["accounts", "liability"], queryFn: load });
