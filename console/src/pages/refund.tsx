/** One refund; what a channel refused can be sent again. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Alert } from "antd";
import { api } from "../api/client";
import { take } from "../api/problem";
import { Act } from "../kit/act";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Amount, Facts, Id, When } from "../kit/values";
import { written } from "../lib/money";
import { Exchanges } from "../parts/payment-exchanges";
import { RefundState } from "../parts/states";
import { ToAudit } from "../parts/to-audit";
import { useWords } from "../words";

/** Methods without a channel of others. */
const OURS = ["wallet", "test", "offline"];

export default function RefundPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { money, kit } = useWords();
  const path = { params: { path: { id } } };
  const asked = useQuery({ queryKey: ["refunds", id], queryFn: () => take(api.GET("/v1/refunds/{id}", path)) });
  const back = { to: "/refunds", text: money.refundsTitle };
  if (asked.error)
    return (
      <Page title={money.refund} back={back}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  const refund = asked.data;
  const amount = written(refund.amount);
  const byHand = refund.method === "offline";
  const again = byHand ? (
    <Act
      word={money.transferred}
      title={money.transferredTitle(amount)}
      text={money.transferredText}
      run={() => take(api.POST("/v1/refunds/{id}/confirm", path))}
    />
  ) : (
    <Act
      word={money.retry}
      title={money.retryTitle(amount)}
      text={money.retryText}
      run={() => take(api.POST("/v1/refunds/{id}/retry", path))}
    />
  );
  return (
    <Page
      title={money.refund}
      intro={
        <>
          <RefundState refund={refund} /> ·{" "}
          {byHand && refund.state === "failed" ? money.toTransferText : money.refundTexts[refund.state]}
        </>
      }
      back={back}
    >
      {refund.state === "failed" && (
        <Alert
          type={byHand ? "warning" : "error"}
          showIcon
          title={byHand ? money.toTransferTitle(amount) : money.failedTitle(amount)}
          description={byHand ? money.byHandText : money.failedText}
          action={again}
        />
      )}
      <Section title={money.refund} acts={<ToAudit of={id} />}>
        <Facts
          items={[
            ["ID", <Id key="id" id={id} whole />],
            [money.order, refund.order && <Id id={refund.order} whole />],
            [money.payment, refund.payment && <Id id={refund.payment} whole />],
            [money.amount, <Amount key="amount" money={refund.amount} />],
            [money.loss, refund.loss.amount > 0 && <Amount money={refund.loss} />],
            [money.method, money.methods[refund.method]],
            [money.cause, money.causes[refund.cause]],
            [money.reason, refund.reason],
            [money.overridden, refund.overridden && kit.yes],
            [money.pieces, refund.lines.reduce((sum, line) => sum + line.quantity, 0) || undefined],
            [money.channelNumber, refund.receipt && <code>{refund.receipt}</code>],
            [money.created, <When key="created" at={refund.created_at} full />],
            [money.ended, refund.ended_at && <When at={refund.ended_at} full />],
          ]}
        />
      </Section>
      {refund.payment && !OURS.includes(refund.method) && (
        <Exchanges payment={refund.payment} about={id} open={refund.state === "processing"} />
      )}
    </Page>
  );
}
