/** Vouchers and redemptions as lists, and by what they are found. */

import { api } from "../api/client";
import { take } from "../api/problem";
import type { paths } from "../api/schema";
import type { Redemption, Voucher } from "../api/types";
import type { Filter } from "../kit/filters";
import type { Listed } from "../kit/list-page";
import type { Query, Wanted } from "../lib/address";
import { useMerchant } from "../session/context";
import { useWords } from "../words";
import { asked } from "./money-lists";
import { useStores } from "./stores";

type VouchersAsked = NonNullable<paths["/v1/vouchers"]["get"]["parameters"]["query"]>;
type RedemptionsAsked = NonNullable<paths["/v1/redemptions"]["get"]["parameters"]["query"]>;
type Load<T> = (wanted: Wanted) => Promise<Listed<T>>;

export function useVouchers(): Load<Voucher> {
  const { zone } = useMerchant();
  return wanted => take(api.GET("/v1/vouchers", { params: { query: asked(wanted, zone) as VouchersAsked } }));
}

/** Of one voucher or in one store: the API takes either. */
export function useRedemptions(): Load<Redemption> {
  const { zone } = useMerchant();
  return ({ filters: { voucher, store, ...filters }, ...rest }) => {
    const of: Query = voucher ? { voucher } : store ? { store } : {};
    const query = asked({ ...rest, filters: { ...filters, ...of } }, zone) as RedemptionsAsked;
    return take(api.GET("/v1/redemptions", { params: { query } }));
  };
}

function useDays(): Filter[] {
  const { orders } = useWords();
  return [
    { key: "from", label: orders.from, day: true },
    { key: "to", label: orders.to, day: true },
  ];
}

export function useVoucherFilters(): Filter[] {
  const { vouchers } = useWords();
  const states = Object.entries(vouchers.states).map(([value, label]) => ({ value, label }));
  return [
    { key: "state", label: vouchers.state, choices: states },
    ...useDays(),
    { key: "sku", label: vouchers.sku, brought: true },
    { key: "order", label: vouchers.order, brought: true },
  ];
}

export function useRedemptionFilters(): Filter[] {
  const { vouchers } = useWords();
  const { stores } = useStores();
  return [
    { key: "store", label: vouchers.store, choices: stores.map(({ id, name }) => ({ value: id, label: name })) },
    ...useDays(),
    { key: "voucher", label: vouchers.voucher, brought: true },
  ];
}
