/** One transfer. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, Id, When } from "../kit/values";
import { LedgerAmount, Unit } from "../parts/ledger";
import { useWords } from "../words";

export default function TransferPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { money } = useWords();
  const path = { params: { path: { id } } };
  const asked = useQuery({ queryKey: ["transfers", id], queryFn: () => take(api.GET("/v1/transfers/{id}", path)) });
  const back = { to: "/transfers", text: money.transfersTitle };
  if (asked.error)
    return (
      <Page title={money.transfer} back={back}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  const one = asked.data;
  return (
    <Page title={money.reasons[one.reason]} back={back}>
      <Section title={money.transfer}>
        <Facts
          items={[
            ["ID", <Id key="id" id={id} whole />],
            [money.at, <When key="at" at={one.at} full />],
            [money.amount, <LedgerAmount key="amount" amount={one.amount} unit={one.unit} />],
            [money.unit, <Unit key="unit" unit={one.unit} />],
            [money.debit, <Id key="debit" id={one.debit} whole />],
            [money.credit2, <Id key="credit" id={one.credit} whole />],
            [money.subject, <Id key="subject" id={one.subject} whole />],
          ]}
        />
      </Section>
    </Page>
  );
}
