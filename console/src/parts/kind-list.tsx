/** The table of a kind of resources: its columns, its filters, and the way to a new one. */

import { Link } from "@tanstack/react-router";
import type { Column, ListProps } from "../kit/list-page";
import { Go } from "../kit/page";
import { State, When } from "../kit/values";
import { inOrder, type Kind, type Resource, shown, titleOf } from "../lib/resource";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { resources } from "./kinds";
import { useTongue } from "./of-kind";
import { useVocabulary } from "./vocabulary";

/** Columns beyond so many are not shown until they are chosen. */
const SHOWN = 7;

export function useKindList(kind: Kind): ListProps<Resource> {
  const { settings } = useWords();
  const tongue = useTongue();
  const can = useCan();
  const { said } = useVocabulary();
  const fields = inOrder(kind);
  const name = kind.words[tongue];
  const link = (one: Resource, text: string) => <Link to={`/r/${kind.plural}/${one.id}`}>{text}</Link>;
  const columns: Column<Resource>[] = fields.map((field, place) => ({
    key: field.name,
    title: field.words[tongue],
    sort: field.key,
    number: field.widget === "number",
    extra: place >= SHOWN,
    cell: one =>
      place === 0 ? link(one, shown(one[field.name] ?? titleOf(kind, one))) : said(field.name, one[field.name]),
  }));
  columns.push({
    key: "edited_at",
    title: settings.updated,
    cell: one => (one.archived_at ? <State tone="calm">{settings.archived}</State> : <When at={one.edited_at} />),
  });
  return {
    name: kind.plural,
    columns,
    filters: fields.filter(field => field.key).map(field => ({ key: field.name, label: field.words[tongue] })),
    id: one => one.id,
    load: wanted => resources.list(kind.plural, wanted),
    empty: {
      title: settings.listEmpty(name),
      text: settings.listEmptyText,
      act: can(kind.write) && <NewOne kind={kind} />,
    },
  };
}

export function NewOne({ kind }: { kind: Kind }) {
  const { settings } = useWords();
  const tongue = useTongue();
  return (
    <Go to={`/r/${kind.plural}/new`} primary>
      {settings.newOne(kind.words[tongue])}
    </Go>
  );
}
