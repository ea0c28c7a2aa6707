/** Who is signed in, by the session's routes. */

import { call } from "../api/client";
import { codeOf, take } from "../api/problem";
import { door } from "./door";
import { type Place, select, selected } from "./place";

export interface Merchant {
  id: string;
  name: string;
  zone: string;
}

/** A role that a person has, for a merchant or, without one, for the operator. */
export interface Membership {
  role: string;
  merchant: Merchant | null;
  modes: ("live" | "test")[];
}

export interface Session {
  csrf: string;
  person: { id: string; name: string; email: string };
  roles: Membership[];
  scopes: string[];
  /** His password is too old: nothing else is open to him before he chose another. */
  must_change_password: boolean;
  /** In which mode somebody acts who does not say. */
  default_mode: "live" | "test";
}

/** One-click entry of the demo; other instances have none. */
export interface DemoEntry {
  people: { email: string; role: string; merchant: string }[];
  shops: { name: string; url: string }[];
}

const PATH = "/console/session";

export function entered(session: Session): Session {
  door.csrf = session.csrf;
  if (!placeOf(session, selected())) select(firstPlace(session));
  return session;
}

/** The session that the cookie opens, if it opens one. */
export async function current(): Promise<Session | null> {
  try {
    return entered(await take(call<Session>("GET", PATH)));
  } catch (error) {
    if (codeOf(error) === "unauthorized") return null;
    throw error;
  }
}

export async function signIn(email: string, password: string, totp?: string): Promise<Session> {
  return entered(await take(call<Session>("POST", PATH, { email, password, ...(totp && { totp }) })));
}

export async function enterDemo(email: string): Promise<Session> {
  return entered(await take(call<Session>("POST", "/console/demo", { email })));
}

export async function demoEntry(): Promise<DemoEntry | null> {
  const { data } = await call<DemoEntry>("GET", "/console/demo");
  return data ?? null;
}

export const stepUp = (totp: string): Promise<unknown> => take(call("POST", `${PATH}/step-up`, { totp }));

export const signOut = (): Promise<unknown> => take(call("DELETE", PATH));

/** The membership that a place is worked in with. */
export const placeOf = (session: Session, place: Place): Membership | undefined =>
  session.roles.find(role => role.merchant?.id === place.merchant && place.mode && role.modes.includes(place.mode));

function firstPlace({ roles, default_mode }: Session): Place {
  const first = roles.find(role => role.merchant);
  const mode = first?.modes.includes(default_mode) ? default_mode : first?.modes[0];
  return first?.merchant ? { merchant: first.merchant.id, ...(mode && { mode }) } : {};
}

/** Whether what is wanted is among the scopes; nothing wanted is always allowed. */
export const allowed = (scopes: readonly string[], wanted: string | undefined): boolean =>
  wanted === undefined || scopes.includes(wanted);
