/** One voucher's whole life: the ticket, where it came from, what was redeemed of it, and what became of it. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Voucher } from "../api/types";
import { Go, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { useCatalog } from "../parts/catalog";
import { Story } from "../parts/order-sections";
import { VoucherState } from "../parts/states";
import { useStoreName } from "../parts/stores";
import { RedemptionsOf, VoucherFacts, VoucherTicket } from "../parts/voucher-sections";
import { voucherStory } from "../parts/voucher-story";
import { useCan } from "../session/context";
import { useWords } from "../words";

/** Redemptions that are told one by one. */
const MOST = 200;

function useVoucher(id: string) {
  const can = useCan();
  const voucher = useQuery({
    queryKey: ["vouchers", id],
    queryFn: () => take(api.GET("/v1/vouchers/{id}", { params: { path: { id } } })),
  });
  const redemptions = useQuery({
    queryKey: ["redemptions", "of", id],
    queryFn: () => take(api.GET("/v1/redemptions", { params: { query: { voucher: id, limit: MOST } } })),
  });
  const order = voucher.data?.order;
  const refunds = useQuery({
    queryKey: ["order", order, "refunds"],
    queryFn: () => take(api.GET("/v1/orders/{id}/refunds", { params: { path: { id: order ?? "" } } })),
    enabled: !!order && can("orders:read"),
  });
  const error = voucher.error ?? redemptions.error ?? refunds.error;
  if (!voucher.data || !redemptions.data || refunds.isLoading) return { error };
  const { data: redeemed, next } = redemptions.data;
  return { found: { voucher: voucher.data, redemptions: redeemed, refunds: refunds.data?.data ?? [] }, next, error };
}

export default function VoucherPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const words = useWords();
  const { vouchers } = words;
  const storeName = useStoreName();
  const { skus } = useCatalog();
  const nameOf = (sku: string) => skus.get(sku)?.name ?? vouchers.one;
  const { found, next, error } = useVoucher(id);
  const back = { to: "/vouchers", text: vouchers.title };
  if (error)
    return (
      <Page title={vouchers.one} back={back}>
        <Trouble error={error} />
      </Page>
    );
  if (!found) return <Waiting />;
  const { voucher, redemptions } = found;
  return (
    <Page title={nameOf(voucher.sku)} intro={<VoucherState of={voucher} />} back={back}>
      <div className="two">
        <div className="stack">
          <Section title={vouchers.redemptions} acts={redemptions.length > 0 && <All of={voucher} />}>
            <RedemptionsOf redemptions={redemptions} more={!!next} />
          </Section>
          <Section title={vouchers.story}>
            <Story events={voucherStory(found, words, storeName)} />
          </Section>
        </div>
        <div className="stack first">
          <VoucherTicket of={voucher} />
          <Section title={vouchers.facts}>
            <VoucherFacts of={voucher} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

function All({ of }: { of: Voucher }) {
  const { vouchers } = useWords();
  return <Go to={`/redemptions?voucher=${of.id}`}>{vouchers.allRedemptions}</Go>;
}
