/** The session for components. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { Trouble } from "../kit/trouble";
import { door } from "./door";
import { type Place, select, selected } from "./place";
import { allowed, current, type Merchant, placeOf, type Session } from "./session";

export const SESSION = ["session"];

const Context = createContext<Session | null>(null);

/** Shows `inside` to whoever is signed in and `outside` to everybody else. */
export function SessionGate({
  inside,
  outside,
  waiting,
}: {
  inside: ReactNode;
  outside: ReactNode;
  waiting: ReactNode;
}) {
  const queries = useQueryClient();
  const { data, isPending, error, refetch } = useQuery({
    queryKey: SESSION,
    queryFn: current,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    door.renew = current;
    door.lost = () => {
      door.csrf = undefined;
      queries.setQueryData(SESSION, null);
    };
  }, [queries]);
  if (isPending) return waiting;
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  return data ? <Context value={data}>{inside}</Context> : outside;
}

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error("only inside of a session");
  return session;
}

export const useCan = (): ((scope: string | undefined) => boolean) => {
  const { scopes } = useSession();
  return scope => allowed(scopes, scope);
};

const NOWHERE: Merchant = { id: "", name: "", zone: "Asia/Shanghai" };

/** The shop that is worked for now. */
export function useMerchant(): Merchant & { mode: Place["mode"] } {
  const session = useSession();
  const place = selected();
  return { ...(placeOf(session, place)?.merchant ?? NOWHERE), mode: place.mode };
}

/** Goes on in another shop or mode: nothing of the one before stays in view. */
export function useMove(): (place: Place) => void {
  const queries = useQueryClient();
  return place => {
    select(place);
    queries.removeQueries({ predicate: query => query.queryKey[0] !== SESSION[0] });
    location.assign("/console/");
  };
}
