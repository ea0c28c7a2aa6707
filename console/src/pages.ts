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
    path: "/reports",
    load: () => import("./pages/reports"),
    scope: "orders:read",
    menu: menu("work", "reports", "b"),
  },
  { path: "/reports/batches", load: () => import("./pages/batch-sales"), scope: "orders:read" },
  {
    path: "/payments",
    load: () => import("./pages/payments"),
    scope: "orders:read",
    menu: menu("work", "payments", "y"),
  },
  { path: "/payments/$id", load: () => import("./pages/payment"), scope: "orders:read" },
  { path: "/refunds", load: () => import("./pages/refunds"), scope: "orders:read", menu: menu("work", "refunds", "r") },
  { path: "/refunds/$id", load: () => import("./pages/refund"), scope: "orders:read" },
  {
    path: "/approvals",
    load: () => import("./pages/approvals"),
    scope: "approvals:own",
    menu: menu("work", "approvals", "v"),
  },
  {
    path: "/approval_policy",
    load: () => import("./pages/policy"),
    scope: "approval_policy:read",
    menu: menu("settings", "policy"),
  },
  { path: "/exports", load: () => import("./pages/exports"), scope: "exports:own", menu: menu("work", "exports", "z") },
  { path: "/approvals/$id", load: () => import("./pages/approval"), scope: "approvals:own" },
  {
    path: "/products",
    load: () => import("./pages/products"),
    scope: "catalog:read",
    menu: menu("goods", "products", "p"),
  },
  { path: "/products/new", load: () => import("./pages/new-product"), scope: "catalog:write" },
  { path: "/products/import", load: () => import("./pages/import-products"), scope: "catalog:write" },
  { path: "/products/order", load: () => import("./pages/order-of-products"), scope: "catalog:write" },
  { path: "/products/$id", load: () => import("./pages/product"), scope: "catalog:read" },
  { path: "/skus/$id", load: () => import("./pages/sku"), scope: "catalog:read" },
  { path: "/skus/$id/content", load: () => import("./pages/content"), scope: "catalog:read" },
  { path: "/imports", load: () => import("./pages/imports"), scope: "codes:import", menu: menu("goods", "codes", "c") },
  { path: "/imports/new", load: () => import("./pages/new-import"), scope: "codes:import" },
  { path: "/imports/$id", load: () => import("./pages/import"), scope: "codes:import" },
  { path: "/batches/$id", load: () => import("./pages/batch"), scope: "codes:import" },
  { path: "/stock", load: () => import("./pages/stock"), scope: "codes:import", menu: menu("goods", "stock", "i") },
  { path: "/expiries", load: () => import("./pages/expiries"), scope: "codes:import" },
  { path: "/codes/find", load: () => import("./pages/find-code"), scope: "codes:manage" },
  {
    path: "/vouchers",
    load: () => import("./pages/vouchers"),
    scope: "vouchers:read",
    menu: menu("goods", "vouchers", "n"),
  },
  { path: "/vouchers/new", load: () => import("./pages/new-vouchers"), scope: "vouchers:write" },
  { path: "/vouchers/liability", load: () => import("./pages/liability"), scope: "ledger:read" },
  { path: "/voucher-runs", load: () => import("./pages/voucher-runs"), scope: "vouchers:read" },
  { path: "/vouchers/$id", load: () => import("./pages/voucher"), scope: "vouchers:read" },
  {
    path: "/redemptions",
    load: () => import("./pages/redemptions"),
    scope: "vouchers:read",
    menu: menu("goods", "redemptions", "u"),
  },
  { path: "/stores", load: () => import("./pages/stores"), scope: "store:read", menu: menu("goods", "stores") },
  { path: "/stores/$id", load: () => import("./pages/store"), scope: "vouchers:read" },
  {
    path: "/wallets",
    load: () => import("./pages/wallets"),
    scope: "wallets:read",
    menu: menu("money", "wallets", "w"),
  },
  {
    path: "/payment-accounts",
    load: () => import("./pages/payment-accounts"),
    scope: "payment_account:read",
    menu: menu("money", "paymentAccounts", "f"),
  },
  { path: "/payment-accounts/new", load: () => import("./pages/payment-account"), scope: "payment_account:write" },
  { path: "/payment-accounts/$id", load: () => import("./pages/payment-account"), scope: "payment_account:read" },
  { path: "/wallets/credit", load: () => import("./pages/credit"), scope: "wallets:write" },
  { path: "/wallets/$id", load: () => import("./pages/wallet"), scope: "wallets:read" },
  { path: "/ledger", load: () => import("./pages/ledger"), scope: "ledger:read", menu: menu("money", "ledger", "l") },
  { path: "/ledger/$id", load: () => import("./pages/account"), scope: "ledger:read" },
  {
    path: "/transfers",
    load: () => import("./pages/transfers"),
    scope: "ledger:read",
    menu: menu("money", "transfers", "t"),
  },
  { path: "/transfers/$id", load: () => import("./pages/transfer"), scope: "ledger:read" },
  {
    path: "/journal",
    load: () => import("./pages/journal"),
    scope: "journal:read",
    menu: menu("money", "journal", "j"),
  },
  { path: "/shop", load: () => import("./pages/shop"), scope: "catalog:write", menu: menu("settings", "shop", "s") },
  {
    path: "/shop_messages",
    load: () => import("./pages/shop-messages"),
    scope: "catalog:write",
    menu: menu("settings", "messages"),
  },
  {
    path: "/shop_languages",
    load: () => import("./pages/shop-languages"),
    scope: "catalog:write",
    menu: menu("settings", "languages"),
  },
  { path: "/keys", load: () => import("./pages/own-keys"), scope: "keys:read", menu: menu("settings", "keys", "e") },
  { path: "/keys/new", load: () => import("./pages/new-own-key"), scope: "keys:write" },
  {
    path: "/developers",
    load: () => import("./pages/developers"),
    scope: "keys:read",
    menu: menu("settings", "developers", "d"),
  },
  {
    path: "/requests",
    load: () => import("./pages/requests"),
    scope: "keys:read",
    menu: menu("settings", "requests", "q"),
  },
  { path: "/requests/$id", load: () => import("./pages/request"), scope: "keys:read" },
  { path: "/developers/reference", load: () => import("./pages/reference") },
  {
    path: "/system",
    load: () => import("./pages/system"),
    scope: "merchants:write",
    menu: menu("settings", "system", "m"),
  },
  {
    path: "/merchants",
    load: () => import("./pages/merchants"),
    scope: "merchants:write",
    menu: menu("settings", "merchants", "k"),
  },
  { path: "/merchants/new", load: () => import("./pages/new-merchant"), scope: "merchants:write" },
  { path: "/merchants/$id", load: () => import("./pages/merchant"), scope: "merchants:write" },
  { path: "/merchants/$id/keys", load: () => import("./pages/keys"), scope: "merchants:write" },
  { path: "/merchants/$id/owner", load: () => import("./pages/new-owner"), scope: "merchants:write" },
  { path: "/merchants/$id/new-key", load: () => import("./pages/new-key"), scope: "merchants:write" },
  { path: "/roles", load: () => import("./pages/roles"), scope: "role:read", menu: menu("settings", "roles") },
  { path: "/audit", load: () => import("./pages/audit"), scope: "audit:read", menu: menu("settings", "audit", "a") },
  { path: "/me", load: () => import("./pages/me") },
  { path: "/resources", load: () => import("./pages/kinds"), menu: menu("settings", "resources", "x") },
  { path: "/one/$plural", load: () => import("./pages/the-one") },
  { path: "/r/$plural", load: () => import("./pages/resources") },
  { path: "/r/$plural/new", load: () => import("./pages/resource") },
  { path: "/r/$plural/$id", load: () => import("./pages/resource") },
];
