/** Stores by their names. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { whole } from "../api/pages";
import { Id } from "../kit/values";
import type { Resource } from "../lib/resource";
import { useCan } from "../session/context";
import { resources } from "./kinds";

export interface Store extends Resource {
  name: string;
  address?: string | null;
  phone?: string | null;
}

const all = () =>
  whole(({ limit, after }) =>
    resources.list("stores", { filters: {}, sort: "name", ...(after && { after }) }, limit),
  ) as Promise<Store[]>;

export function useStores() {
  const can = useCan();
  const { data, isPending } = useQuery({
    queryKey: ["stores", "all"],
    queryFn: all,
    staleTime: 60_000,
    enabled: can("store:read"),
  });
  return { stores: data ?? [], isPending };
}

/** The name of a store, or its id as long as the name isn't known. */
export function useStoreName(): (id: string) => string {
  const { stores } = useStores();
  return id => stores.find(one => one.id === id)?.name ?? id;
}

/** A store by its name, as a link to its day. */
export function StoreLink({ id }: { id: string | null | undefined }) {
  const { stores } = useStores();
  const name = stores.find(one => one.id === id)?.name;
  if (!id) return <>–</>;
  return name ? <Link to={`/stores/${id}`}>{name}</Link> : <Id id={id} />;
}
