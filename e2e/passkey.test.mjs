// A passkey in a real browser, with the browser's own virtual authenticator: it is made in a session, opens one without
// password and code, and what it signed counts once.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { browser } from "./gallery.mjs";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
let shop, chromium;

before(async () => {
  [shop, chromium] = await Promise.all([demo(), browser()]);
});

after(async () => {
  await chromium?.close();
  await shop?.stop();
});

/** The code of now for a secret in base32. */
function codeOf(secret) {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const at = digest.at(-1) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** What runs in the page: calls, and the two ceremonies. */
async function inPage({ email, password, totp }) {
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  let csrf = "";
  const call = async (method, path, body) => {
    const headers = { "content-type": "application/json", ...(csrf && { "x-csrf-token": csrf }) };
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const told = await answer.json().catch(() => ({}));
    if (told.csrf) csrf = told.csrf;
    return { status: answer.status, told };
  };
  const seen = {};
  seen.password = (await call("POST", "/console/session", { email, password, totp })).status;
  const wanted = (await call("POST", "/console/passkeys/draw", {})).told;
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(wanted.challenge),
      rp: { id: wanted.rp_id, name: "Tessera" },
      user: { id: bytes(wanted.user_id), name: wanted.user_name, displayName: wanted.user_display_name },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    },
  });
  const passkey = {
    name: "virtual",
    client_data: text(made.response.clientDataJSON),
    attestation: text(made.response.attestationObject),
  };
  seen.added = (await call("POST", "/console/passkeys", passkey)).status;
  seen.twice = (await call("POST", "/console/passkeys", passkey)).status;
  seen.listed = (await call("GET", "/console/passkeys")).told.data.map((one) => one.name);
  seen.out = (await call("DELETE", "/console/session")).status;
  csrf = "";
  const asked = (await call("POST", "/console/passkey/draw", {})).told;
  const signed = await navigator.credentials.get({
    publicKey: { challenge: bytes(asked.challenge), rpId: asked.rp_id, userVerification: "required" },
  });
  const assertion = {
    id: signed.id,
    user_id: text(signed.response.userHandle),
    client_data: text(signed.response.clientDataJSON),
    authenticator_data: text(signed.response.authenticatorData),
    signature: text(signed.response.signature),
  };
  const bent = { ...assertion, signature: text(bytes(assertion.signature).map((byte, at) => (at === 9 ? byte ^ 1 : byte))) };
  seen.bent = (await call("POST", "/console/passkey", bent)).status;
  const entered = await call("POST", "/console/passkey", assertion);
  seen.entered = [entered.status, entered.told.person?.email];
  seen.products = (await call("GET", "/v1/products")).status;
  seen.replayed = (await call("POST", "/console/passkey", assertion)).status;
  seen.removed = (await call("DELETE", `/console/passkeys/${signed.id}`)).status;
  return seen;
}

test("a passkey stands in for password and code, once each time", async () => {
  const owner = shop.staff[0];
  const context = await chromium.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`http://localhost:${new URL(shop.url).port}/docs`);
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const seen = await page.evaluate(inPage, {
    email: owner.email,
    password: owner.password,
    totp: codeOf(owner.totp_secret),
  });
  assert.deepEqual(seen, {
    password: 200,
    added: 201,
    twice: 409,
    listed: ["virtual"],
    out: 204,
    bent: 401,
    entered: [200, owner.email],
    products: 200,
    replayed: 401,
    removed: 200,
  });
  await context.close();
});
