/** A voucher's ticket, its facts, and what was redeemed of it. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Redemption, Voucher } from "../api/types";
import { Table } from "../kit/table";
import { Facts, Id, When } from "../kit/values";
import { useCan, useMerchant } from "../session/context";
import { useWords } from "../words";
import { useCatalog } from "./catalog";
import { HowMuch } from "./how-much";
import { Reverse } from "./reverse";
import { rulesOf } from "./rules";
import { SkuLink } from "./sku-link";
import { VoucherState } from "./states";
import { StoreLink, useStoreName } from "./stores";
import { Ticket } from "./ticket";
import { validOf } from "./validity";

export function VoucherTicket({ of }: { of: Voucher }) {
  const words = useWords();
  const { vouchers, kit } = words;
  const { zone } = useMerchant();
  const { skus } = useCatalog();
  const storeName = useStoreName();
  const template = skus.get(of.sku);
  const stores = (template?.sku.stores ?? []).map(storeName).join(kit.comma) || vouchers.allStores;
  const rules = template ? rulesOf(template.sku, words) : [];
  const over = of.state === "expired" || of.state === "voided";
  const face = {
    name: template?.name ?? "",
    total: of.total,
    remaining: of.remaining,
    stores,
    rules,
    note: over && <VoucherState of={of} />,
  };
  return <Ticket of={{ ...face, valid: validOf(of, zone, words), ended: of.state !== "effective" }} />;
}

export function VoucherFacts({ of }: { of: Voucher }) {
  const { vouchers } = useWords();
  return (
    <Facts
      items={[
        ["ID", <Id key="id" id={of.id} />],
        [vouchers.sku, <SkuLink key="sku" id={of.sku} />],
        [vouchers.order, of.order ? <OrderOf key="order" id={of.order} /> : vouchers.notAnOrder],
        [vouchers.total, <HowMuch key="total" of={of.total} />],
        [vouchers.remaining, <HowMuch key="left" of={of.remaining} />],
        [vouchers.created, <When key="made" at={of.created_at} full />],
        [vouchers.validFrom, of.valid_from !== of.created_at && <When at={of.valid_from} full />],
        [vouchers.until, of.valid_until ? <When key="until" at={of.valid_until} full /> : vouchers.forEver],
        [vouchers.onExpiry, of.valid_until && <Expiry key="rule" of={of.on_expiry} />],
        [vouchers.present, vouchers.presents[of.present]],
      ]}
    />
  );
}

export function Expiry({ of }: { of: Voucher["on_expiry"] }) {
  const { vouchers } = useWords();
  return <>{typeof of === "object" ? vouchers.extendedBy(of.extend) : vouchers.expiries[of]}</>;
}

/** The order by its number, for whoever may read it. */
function OrderOf({ id }: { id: string }) {
  const can = useCan();
  const { data } = useQuery({
    queryKey: ["order", id],
    queryFn: () => take(api.GET("/v1/orders/{id}", { params: { path: { id } } })),
    enabled: can("orders:read"),
  });
  return data ? <Link to={`/orders/${id}`}>{data.number}</Link> : <Id id={id} />;
}

export function RedemptionsOf({ redemptions, more }: { redemptions: Redemption[]; more: boolean }) {
  const { vouchers } = useWords();
  const again = useAgain();
  if (redemptions.length === 0) return <p className="muted">{vouchers.noneRedeemed}</p>;
  const columns = [
    { key: "at", title: vouchers.at, cell: (one: Redemption) => <AtOf key={one.id} of={one} /> },
    { key: "store", title: vouchers.store, cell: (one: Redemption) => <StoreLink id={one.store} /> },
    { key: "taken", title: vouchers.taken, number: true, cell: (one: Redemption) => <HowMuch of={one.taken} /> },
    { key: "left", title: vouchers.left, number: true, cell: (one: Redemption) => <HowMuch of={one.remaining} /> },
    { key: "acts", title: vouchers.reversal, cell: (one: Redemption) => <Reverse of={one} done={again} /> },
  ];
  return (
    <>
      <Table rows={redemptions} id={one => one.id} columns={columns} />
      {more && <p className="muted">{vouchers.moreRedemptions(redemptions.length)}</p>}
    </>
  );
}

/** When it was, and the way to who did it and why it was taken back. */
function AtOf({ of: { id, at } }: { of: Redemption }) {
  const can = useCan();
  const when = <When at={at} />;
  return can("audit:read") ? <Link to={`/audit?object=${id}`}>{when}</Link> : when;
}

/** Asks again for what a reversal changed. */
export function useAgain(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const word of ["vouchers", "redemptions"]) void queries.invalidateQueries({ queryKey: [word] });
  };
}
