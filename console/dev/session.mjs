// Stands in for the session's routes, which the program doesn't have yet: people of the demo, real passwords and
// TOTP, a cookie, a token against forged requests. It holds the demo's keys and lends them to who is signed in.
// For development and its tests alone; no part of the product.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const ROLES = {
  owner: [
    "catalog:read",
    "catalog:write",
    "codes:import",
    "codes:manage",
    "codes:reveal",
    "orders:read",
    "orders:write",
    "refunds:override",
    "wallets:read",
    "wallets:write",
    "ledger:read",
    "journal:read",
    "merchants:write",
    "sample_place:read",
    "sample_place:write",
    "sample_offer:read",
    "sample_offer:write",
  ],
  operations: ["catalog:read", "catalog:write", "codes:import", "codes:manage", "orders:read"],
  finance: [
    "catalog:read",
    "orders:read",
    "orders:write",
    "refunds:override",
    "wallets:read",
    "wallets:write",
    "ledger:read",
    "journal:read",
  ],
  service: ["catalog:read", "orders:read", "orders:write", "codes:reveal", "wallets:read"],
};
const STEP_MS = 30_000;
const FRESH_MS = 600_000;

export const PASSWORD = "correct horse battery staple";

const problem = (status, code, detail) => ({
  status,
  body: { status, code, detail, title: code, errors: [], retryable: false, request_id: "req_dev" },
});

export function codeNow(secret, now = Date.now()) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS)));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const at = digest.at(-1) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** People of a demo, by its ready file. */
export function people({ merchants }) {
  const all = merchants.flatMap((merchant, place) =>
    Object.keys(ROLES)
      .filter(role => place === 0 || role === "owner")
      .map(role => ({
        id: `psn_${role}${place}`,
        name: role,
        email: `${role}@${place === 0 ? "galaxy" : "corner"}.example`,
        role,
        merchant,
        secret: createHmac("sha1", "demo")
          .update(role + place)
          .digest(),
      })),
  );
  return all;
}

export function sessions(ready) {
  const known = people(ready);
  const open = new Map();
  const shown = ({ person, csrf }) => ({
    csrf,
    person: { id: person.id, name: person.name, email: person.email },
    roles: [
      {
        role: person.role,
        merchant: { id: person.merchant.id, name: person.merchant.name, zone: "Asia/Shanghai" },
        modes: ["test"],
      },
    ],
    scopes: ROLES[person.role],
  });
  const enter = person => {
    const session = {
      token: randomBytes(16).toString("hex"),
      csrf: randomBytes(16).toString("hex"),
      person,
      fresh: Date.now(),
    };
    open.set(session.token, session);
    return { status: 200, body: shown(session), cookie: `session=${session.token}; Path=/; HttpOnly; SameSite=Lax` };
  };
  const right = (person, totp) => {
    const want = Buffer.from(codeNow(person.secret));
    const got = Buffer.from(String(totp ?? ""));
    return want.length === got.length && timingSafeEqual(want, got);
  };
  const of = request => open.get(/(?:^|; )session=([0-9a-f]+)/.exec(request.headers.cookie ?? "")?.[1]);

  /** Answers the session's own routes; `undefined` for every other path. */
  const answer = (request, path, body) => {
    const session = of(request);
    if (path === "/console/demo" && request.method === "GET") {
      return {
        status: 200,
        body: {
          people: known.map(({ email, role, merchant }) => ({ email, role, merchant: merchant.name })),
          shops: ready.merchants.map(({ name, shop_url }) => ({ name, url: new URL(shop_url).pathname })),
        },
      };
    }
    if (path === "/console/demo") return enter(known.find(person => person.email === body?.email) ?? known[0]);
    if (path === "/console/session/step-up") {
      if (!session) return problem(401, "unauthorized", "sign in first");
      if (!right(session.person, body?.totp)) return problem(401, "unauthorized", "the code is not right");
      session.fresh = Date.now();
      return { status: 200, body: shown(session) };
    }
    if (path !== "/console/session") return undefined;
    if (request.method === "GET")
      return session ? { status: 200, body: shown(session) } : problem(401, "unauthorized", "nobody is signed in");
    if (request.method === "DELETE") {
      if (session) open.delete(session.token);
      return { status: 204, cookie: "session=; Path=/; Max-Age=0" };
    }
    const person = known.find(one => one.email === body?.email);
    if (!person || body?.password !== PASSWORD)
      return problem(401, "unauthorized", "name, password or code is not right");
    if (!body.totp) return problem(401, "second_factor_required", "the code of the second factor is missing");
    return right(person, body.totp)
      ? enter(person)
      : problem(401, "unauthorized", "name, password or code is not right");
  };

  /** The key for a request of the API, or why there is none. */
  const lend = (request, path) => {
    const session = of(request);
    if (!session) return problem(401, "unauthorized", "sign in first");
    if (!["GET", "HEAD"].includes(request.method) && request.headers["x-csrf-token"] !== session.csrf)
      return problem(403, "csrf", "reload the page");
    const far = /\/(keys)(\/|$)/.test(path) && request.method !== "GET" && Date.now() - session.fresh > FRESH_MS;
    if (far) return problem(403, "step_up_required", "a fresh second factor is needed");
    const operators = path.startsWith("/v1/merchants") && session.person.role === "owner";
    return { key: operators ? ready.operator_key : session.person.merchant.secret_key };
  };
  return { answer, lend };
}
