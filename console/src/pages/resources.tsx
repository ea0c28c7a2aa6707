/** The table of any kind of resources. */

import { Link } from "@tanstack/react-router";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { State, When } from "../kit/values";
import { inOrder, type Kind, type Resource, shown, titleOf } from "../lib/resource";
import { resources } from "../parts/kinds";
import { OfKind, useTongue } from "../parts/of-kind";
import { useVocabulary } from "../parts/vocabulary";
import { useCan } from "../session/context";
import { useWords } from "../words";

export default function ResourcesPage() {
  return <OfKind>{kind => <TableOf key={kind.plural} kind={kind} />}</OfKind>;
}

function TableOf({ kind }: { kind: Kind }) {
  const { settings } = useWords();
  const tongue = useTongue();
  const can = useCan();
  const { said } = useVocabulary();
  const fields = inOrder(kind);
  const link = (one: Resource, text: string) => <Link to={`/r/${kind.plural}/${one.id}`}>{text}</Link>;
  const columns: Column<Resource>[] = fields.map((field, place) => ({
    key: field.name,
    title: field.words[tongue],
    sort: field.key,
    number: field.widget === "number",
    extra: place > 6,
    cell: one =>
      place === 0 ? link(one, shown(one[field.name] ?? titleOf(kind, one))) : said(field.name, one[field.name]),
  }));
  columns.push({
    key: "edited_at",
    title: settings.updated,
    cell: one => (one.archived_at ? <State tone="calm">{settings.archived}</State> : <When at={one.edited_at} />),
  });
  const filters = fields.filter(field => field.key).map(field => ({ key: field.name, label: field.words[tongue] }));
  const name = kind.words[tongue];
  const act = can(kind.write) && (
    <Go to={`/r/${kind.plural}/new`} primary>
      {settings.newOne(name)}
    </Go>
  );
  return (
    <ListPage
      title={name}
      back={{ to: "/resources", text: settings.resourcesTitle }}
      acts={act}
      name={kind.plural}
      columns={columns}
      filters={filters}
      id={one => one.id}
      load={wanted => resources.list(kind.plural, wanted)}
      empty={{ title: settings.listEmpty(name), text: settings.listEmptyText, act }}
    />
  );
}
