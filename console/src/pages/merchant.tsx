/** One merchant, for the operator: what it may do, and the ways to its keys and its owner. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import { Go, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, Id, When } from "../kit/values";
import { Limit, Rate, Suspend, TermsState } from "../parts/terms";
import { useWords } from "../words";

export default function MerchantPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { settings, terms } = useWords();
  const path = { params: { path: { id } } };
  const asked = useQuery({ queryKey: ["merchants", id], queryFn: () => take(api.GET("/v1/merchants/{id}", path)) });
  const back = { to: "/merchants", text: settings.merchants };
  if (asked.error) {
    return (
      <Page title={terms.one} back={back}>
        <Trouble error={asked.error} retry={() => void asked.refetch()} />
      </Page>
    );
  }
  if (!asked.data) return <Waiting />;
  const one = asked.data;
  const acts = (
    <>
      <Limit of={one} />
      <Suspend of={one} />
    </>
  );
  return (
    <Page title={one.name} back={back}>
      <Section title={terms.title} acts={acts}>
        <Facts
          items={[
            [terms.state, <TermsState key="state" of={one} />],
            [terms.reason, one.terms.suspended && one.terms.reason],
            [terms.rate, <Rate key="rate" of={one} />],
          ]}
        />
      </Section>
      <Section title={terms.one}>
        <Facts
          items={[
            ["ID", <Id key="id" id={id} whole />],
            [settings.zone, one.zone],
            [settings.created, <When key="at" at={one.created_at} full />],
          ]}
        />
      </Section>
      <Section title={settings.keysTitle} acts={<Go to={`/merchants/${id}/keys`}>{terms.toKeys}</Go>}>
        <p>{terms.keysText}</p>
      </Section>
      <Section title={terms.peopleTitle} acts={<Go to={`/merchants/${id}/owner`}>{settings.owner}</Go>}>
        <p>{terms.ownerText}</p>
      </Section>
    </Page>
  );
}
