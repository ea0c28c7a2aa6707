/** Passkeys: what the browser is asked, and what is sent of its answer. */

import { call } from "../api/client";
import { take } from "../api/problem";
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

/** Makes one for whoever is signed in. */
export async function addPasskey(name: string): Promise<unknown> {
  const wanted = await take(call<Wanted>("POST", "/console/passkeys/draw", {}));
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(wanted.challenge),
      rp: { id: wanted.rp_id, name: "Tessera" },
      user: { id: bytes(wanted.user_id), name: wanted.user_name, displayName: wanted.user_display_name },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      excludeCredentials: wanted.exclude.map(id => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    },
  });
  const { response } = made as PublicKeyCredential & { response: AuthenticatorAttestationResponse };
  const body = { name, client_data: text(response.clientDataJSON), attestation: text(response.attestationObject) };
  return take(call("POST", "/console/passkeys", body));
}

/** Signs in with one, in place of password and code. */
export async function signInWithPasskey(): Promise<Session> {
  const asked = await take(call<Pick<Wanted, "challenge" | "rp_id">>("POST", "/console/passkey/draw", {}));
  const signed = await navigator.credentials.get({
    publicKey: { challenge: bytes(asked.challenge), rpId: asked.rp_id, userVerification: "required" },
  });
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
