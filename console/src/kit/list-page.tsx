/**
 * The list page: filters and order in the address, a cursor, a choice of columns, and words for when it is empty.
 * A page says what is listed; everything else is the same for all of them.
 */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { change, nextSort, type Query, readQuery, readWanted, type Wanted, writeQuery } from "../lib/address";
import { useSession } from "../session/context";
import { selected } from "../session/place";
import { useWords } from "../words";
import { ColumnChoice, useColumns } from "./column-choice";
import { ExportButton } from "./export-button";
import { type Filter, Filters } from "./filters";
import { Nothing, Page, Waiting } from "./page";
import { Table } from "./table";
import { Trouble } from "./trouble";
import { Views } from "./views";

export interface Column<T> {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** Numbers stand on the right. */
  number?: boolean;
  /** The API can put the list in this order. */
  sort?: boolean;
  /** Not shown until it is chosen. */
  extra?: boolean;
  /** Which fields of the API it shows, where that isn't the one of its key. */
  fields?: string[];
}

export interface Listed<T> {
  data: T[];
  next?: string | null;
}

export interface ListProps<T> {
  /** Names the list in the browser's memory and among what was asked. */
  name: string;
  /** Whose list it is, where there is one for each of several things. */
  of?: string;
  columns: Column<T>[];
  load: (wanted: Wanted) => Promise<Listed<T>>;
  id: (row: T) => string;
  filters?: Filter[];
  empty: { title: string; text: ReactNode; act?: ReactNode };
  /** How rows are shown, where that is no table. */
  show?: (rows: T[]) => ReactNode;
  /** The order in which they stand when nobody asked for another. */
  sort?: string;
  /** What can be done with the rows that were selected. */
  bulk?: (rows: T[], clear: () => void) => ReactNode;
}

/** A page that is a list. */
export function ListPage<T>({ title, intro, acts, back, notice, ...list }: ListProps<T> & PageParts) {
  return (
    <Page title={title} intro={intro} acts={acts} back={back}>
      {notice}
      <List {...list} />
    </Page>
  );
}

interface PageParts {
  title: string;
  intro?: ReactNode;
  acts?: ReactNode;
  back?: { to: string; text: string };
  /** What is to be known before the list. */
  notice?: ReactNode;
}

/** The list alone, for pages that have more than one. */
export function List<T>({ name, of, columns, load, id, filters = [], empty, show, sort, bulk }: ListProps<T>) {
  const { kit } = useWords();
  const { person } = useSession();
  const [hidden, setHidden] = useState<Query>({});
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [query, setQuery] = useQueryOfAddress();
  const [shown, choose] = useColumns(name, columns);
  const open = filters.filter(filter => !filter.secret).map(filter => filter.key);
  const wanted = readWanted(query, open);
  wanted.filters = { ...wanted.filters, ...hidden };
  wanted.sort ??= sort;
  const asked = useQuery({
    queryKey: [name, of, person.id, selected(), wanted],
    queryFn: () => load(wanted),
    placeholderData: keepPreviousData,
  });

  const filter = (key: string, value: string | undefined) => {
    setChosen(new Set());
    if (open.includes(key)) return setQuery(change(query, { [key]: value }));
    setHidden(change(hidden, { [key]: value }));
    setQuery(change(query, {}));
  };
  const clear = () => {
    setHidden({});
    setQuery({});
  };

  if (asked.isPending) return <Waiting />;
  const rows = asked.data?.data ?? [];
  const filtered = Object.keys(wanted.filters).length > 0;
  const picked = rows.filter(row => chosen.has(id(row)));
  return (
    <>
      {(filters.length > 0 || rows.length > 0) && (
        <div className="bar">
          <Filters filters={filters} values={wanted.filters} change={filter} />
          {filtered && (
            <Button type="text" onClick={clear}>
              {kit.clear}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={() => void asked.refetch()} loading={asked.isFetching && { delay: 300 }}>
            {kit.reload}
          </Button>
          {(open.length > 0 || columns.some(column => column.sort)) && (
            <Views list={name} query={query} open={setQuery} />
          )}
          {rows.length > 0 && (
            <ExportButton answer={asked.data} shown={columns.filter(column => shown.has(column.key))} />
          )}
          <ColumnChoice columns={columns} shown={shown} choose={choose} />
        </div>
      )}
      {bulk && picked.length > 0 && (
        <div className="bar picked" role="status">
          {kit.selected(picked.length)}
          {bulk(picked, () => setChosen(new Set()))}
        </div>
      )}
      {asked.error ? (
        <Trouble error={asked.error} retry={() => void asked.refetch()} />
      ) : rows.length === 0 ? (
        <Nothing title={filtered ? kit.noMatch : empty.title} text={filtered ? kit.noMatchText : empty.text}>
          {filtered ? <Button onClick={clear}>{kit.clear}</Button> : empty.act}
        </Nothing>
      ) : (
        <>
          {show ? (
            show(rows)
          ) : (
            <Table
              rows={rows}
              id={id}
              columns={columns.filter(column => shown.has(column.key))}
              sort={wanted.sort}
              order={key => setQuery(change(query, { sort: nextSort(wanted.sort, key, sort) }))}
              {...(bulk && { chosen, choose: setChosen })}
            />
          )}
          <nav className="bar pages">
            <span className="muted">{kit.rows(rows.length, !!asked.data?.next)}</span>
            <span className="grow" />
            {query.after && <Button onClick={() => setQuery(change(query, {}))}>{kit.first}</Button>}
            {asked.data?.next && (
              <Button onClick={() => setQuery({ ...query, after: asked.data?.next ?? "" })}>{kit.next}</Button>
            )}
          </nav>
        </>
      )}
    </>
  );
}

/** What stands behind `?`, and how to change it. */
function useQueryOfAddress(): [Query, (next: Query) => void] {
  const { searchStr, pathname } = useLocation();
  const navigate = useNavigate();
  return [readQuery(searchStr), next => void navigate({ to: pathname + writeQuery(next) })];
}
