/** Passkeys: what the browser is asked, and what is sent of its answer. */

import { call } from "../api/client";
import { ProblemError, take } from "../api/problem";
import { entered, type Session } from "./session";

const text = (buffer: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), char => char.charCodeAt(0));

/** Whether this browser and this address can have them: an address of numbers can't. */
export const passkeysWork = (): boolean =>
  typeof PublicKeyCredential !== "undefined" && window.isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname);

interface Wanted {
  challenge: string;
  rp_id: string;
  user_id: string;
  user_name: string;
  user_display_name: string;
  exclude: string[];
}

/** What the browser says of a passkey that came to nothing, as a problem with words. */
async function asked<T>(ceremony: Promise<T | null>): Promise<T> {
  try {
    const done = await ceremony;
    if (done) return done;
  } catch (error) {
    const known = error instanceof DOMException && error.name === "InvalidStateError";
    if (known) throw new ProblemError({ code: "passkey_known" });
  }
  throw new ProblemError({ code: "passkey_cancelled" });
}

/** Makes one for whoever is signed in. */
export async function addPasskey(name: string): Promise<unknown> {
  const wanted = await take(call<Wanted>("POST", "/console/passkeys/draw", {}));
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge: bytes(wanted.challenge),
    rp: { id: wanted.rp_id, name: "Tessera" },
    user: { id: bytes(wanted.user_id), name: wanted.user_name, displayName: wanted.user_display_name },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    excludeCredentials: wanted.exclude.map(id => ({ type: "public-key", id: bytes(id) })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  };
  const made = await asked(navigator.credentials.create({ publicKey }));
  const { response } = made as PublicKeyCredential & { response: AuthenticatorAttestationResponse };
  const body = { name, client_data: text(response.clientDataJSON), attestation: text(response.attestationObject) };
  return take(call("POST", "/console/passkeys", body));
}

/** Signs in with one, in place of password and code. */
export async function signInWithPasskey(): Promise<Session> {
  const wanted = await take(call<Pick<Wanted, "challenge" | "rp_id">>("POST", "/console/passkey/draw", {}));
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: bytes(wanted.challenge),
    rpId: wanted.rp_id,
    userVerification: "required",
  };
  const signed = await asked(navigator.credentials.get({ publicKey }));
  const { id, response } = signed as PublicKeyCredential & { response: AuthenticatorAssertionResponse };
  const body = {
    id,
    user_id: text(response.userHandle),
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
  };
  return entered(await take(call<Session>("POST", "/console/passkey", body)));
}
