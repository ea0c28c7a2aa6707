/** Everything that a page needs around it: language, looks, the session, and what was asked of the API. */

import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { ProblemError } from "../api/problem";
import { Waiting } from "../kit/page";
import { SessionGate } from "../session/context";
import { door } from "../session/door";
import { type Language, load, prefer, type Spoken, SpokenContext } from "../words";
import { LanguageContext } from "./language";
import { Themed } from "./theme";

const Inside = lazy(() => import("./inside"));
const SignIn = lazy(() => import("../pages/sign-in"));
const LinkPage = lazy(() => import("../pages/link"));

/** Whoever comes with a link is somebody, whoever is signed in here. */
const WITH_LINK = location.pathname === `${import.meta.env.BASE_URL}link`;

const TRIES = 2;

const makeQueries = (): QueryClient => {
  const queries: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failed, error) => failed < TRIES && error instanceof ProblemError && error.problem.retryable === true,
      },
    },
    // Whatever was changed may stand in any list.
    mutationCache: new MutationCache({
      onSuccess: () => queries.invalidateQueries({ predicate: query => query.queryKey[0] !== "session" }),
    }),
  });
  return queries;
};

export function Root({ first }: { first: Spoken }) {
  const [spoken, setSpoken] = useState(first);
  const queries = useMemo(makeQueries, []);
  const speak = useCallback(async (language: Language) => {
    prefer(language);
    setSpoken(await load(language));
  }, []);
  document.documentElement.lang = spoken.language;
  door.language = spoken.language;
  return (
    <SpokenContext value={spoken}>
      <LanguageContext value={speak}>
        <QueryClientProvider client={queries}>
          <Themed locale={spoken.locale}>
            <Suspense fallback={<Waiting />}>
              {WITH_LINK ? (
                <LinkPage />
              ) : (
                <SessionGate inside={<Inside />} outside={<SignIn />} waiting={<Waiting />} />
              )}
            </Suspense>
          </Themed>
        </QueryClientProvider>
      </LanguageContext>
    </SpokenContext>
  );
}
