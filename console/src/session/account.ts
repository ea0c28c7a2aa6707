/** What a person changes of his own, and links that are used once. */

import { call } from "../api/client";
import { take } from "../api/problem";

export interface Link {
  kind: "set_up" | "invitation" | "recovery";
  name: string;
  email: string;
  totp_secret: string;
  totp_url: string;
}

/** What is chosen with a link; the address only by whoever sets an instance up. */
export interface Chosen {
  email?: string;
  name: string;
  password: string;
  totp_secret: string;
  totp: string;
}

export interface OwnSession {
  id: string;
  created_at: string;
  seen_at: string;
  address: string;
  agent: string;
  current: boolean;
}

export interface Passkey {
  id: string;
  name: string;
  created_at: string;
}

/** A second factor that is to be set up: nothing is kept of it until its code is sent. */
export interface NewFactor {
  totp_secret: string;
  totp_url: string;
}

interface Codes {
  recovery_codes: string[];
}

const all = <T>(path: string) => take(call<{ data: T[] }>("GET", path)).then(({ data }) => data);

export const describeLink = (token: string) => take(call<Link>("POST", "/console/link", { token }));
export const openWithLink = (token: string, chosen: Chosen) =>
  take(call<Codes>("POST", "/console/link/use", { token, ...chosen }));

export const changePassword = (password: string, new_password: string) =>
  take(call("POST", "/console/password", { password, new_password }));
export const drawFactor = () => take(call<NewFactor>("POST", "/console/factor/draw", {}));
export const setFactor = (totp_secret: string, totp: string) =>
  take(call("POST", "/console/factor", { totp_secret, totp }));
export const renewCodes = () => take(call<Codes>("POST", "/console/recovery-codes", {}));

export const ownSessions = () => all<OwnSession>("/console/sessions");
export const endSession = (id: string) => take(call("DELETE", `/console/sessions/${id}`));

export const passkeys = () => all<Passkey>("/console/passkeys");
export const removePasskey = (id: string) => take(call("DELETE", `/console/passkeys/${id}`));
