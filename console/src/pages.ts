/** The table of pages, a line each: where it is, what it needs, how one gets there. */

import type { ComponentType } from "react";
import type { Words } from "./words";

export type GroupName = keyof Words["frame"]["groups"];
export type PageName = keyof Words["frame"]["pages"];

export interface PageLine {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** The right without which it isn't shown. */
  scope?: string;
  /** Its place in the navigation, and the letter after `g`. */
  menu?: { group: GroupName; name: PageName; key?: string };
}

const menu = (group: GroupName, name: PageName, key?: string) => ({ group, name, ...(key && { key }) });

export const PAGES: PageLine[] = [
  { path: "/", load: () => import("./pages/home"), menu: menu("work", "home", "h") },
  { path: "/orders", load: () => import("./pages/orders"), scope: "orders:read", menu: menu("work", "orders", "o") },
  { path: "/orders/$id", load: () => import("./pages/order"), scope: "orders:read" },
  {
    path: "/products",
    load: () => import("./pages/products"),
    scope: "catalog:read",
    menu: menu("goods", "products", "p"),
  },
];
