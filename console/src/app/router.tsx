/** The routes, made of the table of pages. Under its frame a page is loaded when it is opened. */

import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { PAGES } from "../pages";
import { Lost, Shell } from "./shell";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** The right without which a page isn't shown. */
    scope?: string;
  }
}

export function makeRouter() {
  const root = createRootRoute({ component: Shell, notFoundComponent: Lost });
  const routes = PAGES.map(({ path, load, scope }) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: lazyRouteComponent(load),
      staticData: scope ? { scope } : {},
    }),
  );
  return createRouter({
    routeTree: root.addChildren(routes),
    basepath: "/console",
    defaultPendingComponent: Waiting,
    defaultErrorComponent: ({ error, reset }) => <Trouble error={error} retry={reset} />,
    scrollRestoration: true,
    // Texts stay texts; `lib/address` reads and writes them.
    parseSearch: search => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: search => {
      const text = new URLSearchParams(search as Record<string, string>).toString();
      return text && `?${text}`;
    },
  });
}
