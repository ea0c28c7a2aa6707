/** What buyers of a SKU share: a new version, those that were, and how many orders hold it. */

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { take } from "../api/problem";
import { Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Facts, When } from "../kit/values";
import { useSkuName } from "../parts/catalog";
import { As, ContentForm, ContentVersions, useContentAgain } from "../parts/content";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function ContentPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { contents, catalog } = useWords();
  const nameOf = useSkuName();
  const can = useCan();
  const again = useContentAgain();
  const asked = useQuery({
    queryKey: ["contents", id],
    queryFn: () => take(api.GET("/v1/skus/{id}/content", { params: { path: { id } } })),
  });
  const back = { to: `/skus/${id}`, text: catalog.sku };
  if (asked.error)
    return (
      <Page title={contents.title} back={back}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  const { version, holders } = asked.data;
  const held = contents.holdersOf(holders);
  const holding = can("orders:read") ? <Link to={`/orders?sku=${id}`}>{held}</Link> : held;
  return (
    <Page title={contents.of(nameOf(id))} intro={contents.intro} back={back}>
      <Section title={contents.title}>
        <Facts
          items={[
            [contents.newest, version ? contents.version(version.version) : contents.noneText],
            [contents.as, version && <As key="as" of={version} />],
            [contents.writtenAt, version && <When key="at" at={version.created_at} full />],
            [contents.note, version?.note],
            [contents.holders, holding],
          ]}
        />
      </Section>
      {can("codes:import") && <ContentForm key={version?.version ?? 0} sku={id} written={again} />}
      <ContentVersions sku={id} />
    </Page>
  );
}
