/** A payment by bank transfer: what the buyer was told, how long it waits, and whether its money came. */

import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { Alert } from "antd";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { Approval, ListedPayment, Payment } from "../api/types";
import { Go, Section } from "../kit/page";
import { Amount, Copy, Facts, State, When } from "../kit/values";
import { readQuery } from "../lib/address";
import { useCan } from "../session/context";
import { approvalPath } from "../session/place";
import { useWords } from "../words";
import { standingOf } from "./bank-transfer";
import { ConfirmTransfer } from "./bank-transfer-act";
import { OrderState, PaymentState } from "./states";

function useOrder(id: string | null | undefined) {
  return useQuery({
    queryKey: ["order", id],
    queryFn: () => take(api.GET("/v1/orders/{id}", { params: { path: { id: id ?? "" } } })),
    enabled: !!id,
  }).data;
}

export function TransferSection({ payment }: { payment: Payment }) {
  const { bankTransfers: words, money } = useWords();
  const can = useCan();
  const order = useOrder(payment.order);
  const held = useHeld(payment.id);
  if (!order) return null;
  const standing = standingOf(order);
  const waits = payment.state === "pending";
  const { succeeded, returned } = words.notes;
  const note = waits ? words.notes[standing] : payment.state === "succeeded" ? succeeded : returned;
  return (
    <Section
      title={words.title}
      acts={
        can("wallets:write") && (
          <ConfirmTransfer
            payment={payment}
            standing={standing}
            reference={waits ? order.number : undefined}
            primary={waits && standing === "waits" && !held}
          />
        )
      }
    >
      {held && (
        <Alert
          type="info"
          showIcon
          title={words.held}
          description={words.heldText}
          action={<ToApproval of={held} />}
          className="follows"
        />
      )}
      <p className="muted">{note}</p>
      {waits && (
        <Facts
          items={[
            [words.due, <Amount key="due" money={payment.amount} />],
            [words.reference, <Reference key="reference" of={order.number} />],
            [words.details, <Details key="details" of={payment.transfer?.details} />],
            [words.since, <When key="since" at={payment.created_at} full />],
            [words.until, standing === "waits" && order.expires_at && <Until at={order.expires_at} />],
            [money.order, standing !== "waits" && <OrderState order={order} />],
          ]}
        />
      )}
    </Section>
  );
}

/** The act that waits for a second person, if somebody confirmed more than he may alone. */
function useHeld(payment: string): Approval | undefined {
  const can = useCan();
  const { data } = useQuery({
    queryKey: ["approvals", "open", "transfers"],
    queryFn: () => take(api.GET("/v1/approvals", { params: { query: { state: "open", limit: MOST } } })),
    enabled: can("approvals:read"),
  });
  return data?.data.find(one => one.act === "transfer_confirm" && one.request.includes(payment));
}

const MOST = 200;

const ToApproval = ({ of }: { of: Approval }) => {
  const { approvals } = useWords();
  return <Link to={approvalPath(of.id, of.mode)}>{approvals.see}</Link>;
};

const Reference = ({ of }: { of: string }) => (
  <span className="id">
    <code>{of}</code> <Copy text={of} />
  </span>
);

function Until({ at }: { at: string }) {
  const { bankTransfers: words } = useWords();
  return (
    <>
      <When at={at} full /> <small className="muted">{words.untilNote}</small>
    </>
  );
}

/** What the shop's setting tells the buyer; it may tell nothing any more. */
function Details({ of }: { of: string | undefined }) {
  const { bankTransfers: words } = useWords();
  const can = useCan();
  if (of) return <span className="lines-kept">{of}</span>;
  return (
    <>
      <span className="muted">{words.noDetails}</span>{" "}
      {can("offline_transfer:write") && <Link to="/one/offline_transfer">{words.change}</Link>}
    </>
  );
}

/** How a payment in a list stands. That a transfer waits, its order tells: it may be closed, or paid another way. */
export function ListedState({ of }: { of: ListedPayment }) {
  const isTransfer = of.method === "offline" && of.state === "pending";
  return isTransfer ? <WaitingTransfer of={of} /> : <PaymentState payment={of} />;
}

function WaitingTransfer({ of }: { of: ListedPayment }) {
  const { bankTransfers: words } = useWords();
  const order = useOrder(of.order);
  if (!order) return <PaymentState payment={of} />;
  const standing = standingOf(order);
  if (standing === "over") return <OrderState order={order} />;
  return (
    <State tone={standing === "waits" ? "care" : "calm"}>
      {standing === "waits" ? words.waits : words.paidOtherwise}
    </State>
  );
}

const WAITING = { method: "offline", state: "pending" } as const;

/** Leads to the transfers that wait, as long as there are any, from where they aren't shown yet. */
export function ToWaitingTransfers() {
  const { bankTransfers: words } = useWords();
  const shown = readQuery(useLocation().searchStr);
  const { data } = useQuery({
    queryKey: ["payments", "transfers-waiting"],
    queryFn: () => take(api.GET("/v1/payments", { params: { query: { ...WAITING, limit: 1 } } })),
  });
  const any = data && (data.data.length > 0 || data.next);
  if (!any || (shown.method === WAITING.method && shown.state === WAITING.state)) return null;
  return <Go to={`/payments?method=${WAITING.method}&state=${WAITING.state}`}>{words.toWaiting}</Go>;
}
