/** What people are called that journal, histories and audit name by their ids: asked once for each, and many at a time. */

import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { NamedPerson } from "../api/types";
import { useCan, useSession } from "./context";
import { selected } from "./place";

/** Ids of one question. */
const MOST = 50;
/** Rows of a page ask within this time. */
const GATHER_MS = 20;

interface Asking {
  done: (name: string | null) => void;
  fail: (error: unknown) => void;
}

/** Answers questions about single people, gathered into few. */
export function gathering(ask: (ids: string[]) => Promise<NamedPerson[]>): (id: string) => Promise<string | null> {
  let waiting = new Map<string, Asking[]>();
  const answer = async (part: [string, Asking[]][]) => {
    try {
      const people = await ask(part.map(([id]) => id));
      const names = new Map(people.map(({ id, name, email }) => [id, name ?? email]));
      for (const [id, asked] of part) for (const { done } of asked) done(names.get(id) ?? null);
    } catch (error) {
      for (const [, asked] of part) for (const { fail } of asked) fail(error);
    }
  };
  const send = () => {
    const all = [...waiting];
    waiting = new Map();
    for (let at = 0; at < all.length; at += MOST) void answer(all.slice(at, at + MOST));
  };
  return id =>
    new Promise((done, fail) => {
      if (waiting.size === 0) setTimeout(send, GATHER_MS);
      waiting.set(id, [...(waiting.get(id) ?? []), { done, fail }]);
    });
}

const nameOf = gathering(
  async ids => (await take(api.GET("/v1/people", { params: { query: { ids: ids.join() } } }))).data,
);

/** Whoever reads what others did may ask who they are. */
const READERS = ["orders:read", "journal:read", "audit:read"];

/** The name of a person; nothing as long as it isn't known, or where nobody tells. */
export function usePersonName(id: string): string | undefined {
  const { person } = useSession();
  const can = useCan();
  const own = person.id === id;
  const { data } = useQuery({
    queryKey: ["person", selected(), id],
    queryFn: () => nameOf(id),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    enabled: !own && READERS.some(can),
  });
  return own ? person.name : (data ?? undefined);
}
