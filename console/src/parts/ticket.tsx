/** A voucher as a ticket: what it is above the tear line; what is left, how long and where below it. */

import type { CSSProperties, ReactNode } from "react";
import type { HowMuch as Much } from "../api/types";
import { count, written } from "../lib/money";
import { useSpoken, useWords, type Words } from "../words";
import { useShopData } from "./shop";

export interface Face {
  name: string;
  total: Much;
  remaining: Much;
  valid: string;
  stores: string;
  /** Hours, and the least bill. */
  rules?: string[];
  /** Nothing can be redeemed of it any more. */
  ended?: boolean;
  note?: ReactNode;
}

export function Ticket({ of: { name, total, remaining, valid, stores, rules, ended, note } }: { of: Face }) {
  const { vouchers } = useWords();
  const { name: shop, colour } = useShopFace();
  return (
    <div className={ended ? "ticket ended" : "ticket"} style={{ "--fill": colour } as CSSProperties}>
      <div className="ticket-head">
        <span>{shop}</span>
        <strong>{name}</strong>
        <Worth of={total} />
      </div>
      <div className="ticket-body">
        <Left total={total} remaining={remaining} />
        <p>{valid}</p>
        <p>
          <span className="muted">{vouchers.stores}</span> {stores}
        </p>
        {rules?.map(rule => (
          <p key={rule}>{rule}</p>
        ))}
        {note}
      </div>
    </div>
  );
}

/** The shop's name and colour, as its buyers know it. */
export function useShopFace(): { name: string; colour: string | undefined } {
  const english = useSpoken().language === "en";
  const shop = useShopData();
  const { zh, en } = shop?.name ?? {};
  return { name: (english ? en || zh : zh || en) ?? "", colour: shop?.colour ?? undefined };
}

function Worth({ of }: { of: Much }) {
  const { vouchers } = useWords();
  const text = typeof of === "number" ? vouchers.uses(count(of)) : written(of).replace(/\.00$/, "");
  return <span className="ticket-worth">{text}</span>;
}

/** More uses than these are a number, not holes. */
const HOLES = 24;

/** What is left: holes that were punched and those to come, or a bar. */
function Left({ total, remaining }: { total: Much; remaining: Much }) {
  const { vouchers } = useWords();
  const [all, left] = [amountOf(total), amountOf(remaining)];
  const text = left === 0 ? vouchers.spent : leftText(total, remaining, vouchers);
  const punched = typeof total === "number" && total <= HOLES;
  return (
    <>
      {punched ? (
        <div className="holes" role="img" aria-label={text}>
          {Array.from({ length: total }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a hole is its place
            <i key={place} className={place < total - left ? "punched" : undefined} />
          ))}
        </div>
      ) : (
        <progress className="left-bar" value={left} max={all || 1} aria-label={text} />
      )}
      <p className="ticket-left">{text}</p>
    </>
  );
}

function leftText(total: Much, remaining: Much, { leftUses, leftMoney }: Words["vouchers"]): string {
  if (typeof total === "number" || typeof remaining === "number")
    return leftUses(count(amountOf(remaining)), count(amountOf(total)));
  return leftMoney(written(remaining), written(total));
}

const amountOf = (much: Much): number => (typeof much === "number" ? much : much.amount);
