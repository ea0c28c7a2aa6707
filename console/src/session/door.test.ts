import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProblemError } from "../api/problem";
import { door, guarded } from "./door";

let sent: Request[] = [];
let answers: (() => Response)[] = [];

const ok = () => new Response("{}", { status: 200 });
const problem = (status: number, code: string) => () => new Response(JSON.stringify({ code }), { status });
const post = (body: string) => guarded(new Request("http://here/v1/x", { method: "POST", body }));
const keys = () => sent.map(request => request.headers.get("idempotency-key"));

beforeEach(() => {
  sent = [];
  vi.stubGlobal("localStorage", {
    getItem: () => JSON.stringify({ merchant: "mer_1", mode: "test" }),
    setItem: () => {},
  });
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(request);
    const answer = answers.shift();
    if (!answer) throw new TypeError("no network");
    return answer();
  });
});

afterEach(() => vi.unstubAllGlobals());

test("a request says whose it is and for which shop; only changes carry a key", async () => {
  door.csrf = "token";
  answers = [ok, ok];
  await guarded(new Request("http://here/v1/x"));
  await post("{}");
  const [read, change] = sent.map(request => request.headers);
  expect([read?.get("x-csrf-token"), read?.get("x-tessera-merchant"), read?.get("x-tessera-mode")]).toEqual([
    "token",
    "mer_1",
    "test",
  ]);
  expect(read?.get("idempotency-key")).toBeNull();
  expect(change?.get("idempotency-key")).toMatch(/^[0-9a-f-]{36}$/);
});

test("the same wish has one key until its outcome is known", async () => {
  answers = [];
  await expect(post("a")).rejects.toThrow(ProblemError);
  answers = [problem(503, "overloaded"), ok, ok];
  await post("a");
  await post("a");
  await post("a");
  const [lost, refused, done, next] = keys();
  expect([refused, done]).toEqual([lost, lost]);
  expect(next).not.toBe(lost);
});

test("an unknown outcome is asked for at once, with the same key", async () => {
  answers = [problem(503, "outcome_unknown"), ok];
  expect((await post("b")).status).toBe(200);
  expect(new Set(keys()).size).toBe(1);
});

test("another body is another wish", async () => {
  answers = [problem(503, "overloaded"), ok];
  await post("c");
  await post("d");
  expect(new Set(keys()).size).toBe(2);
});

test("what wants a second factor goes on once it is given, and not without", async () => {
  door.stepUp = async () => true;
  answers = [problem(403, "step_up_required"), ok];
  expect((await post("e")).status).toBe(200);
  door.stepUp = async () => false;
  answers = [problem(403, "step_up_required")];
  expect((await post("f")).status).toBe(403);
});

test("a token of before is asked for anew", async () => {
  door.renew = async () => {
    door.csrf = "new";
  };
  answers = [problem(403, "csrf"), ok];
  expect((await post("g")).status).toBe(200);
  expect(sent.at(-1)?.headers.get("x-csrf-token")).toBe("new");
});

test("only the API's own refusal ends the session, not a wrong password", async () => {
  let lost = 0;
  door.lost = () => {
    lost += 1;
  };
  answers = [problem(401, "unauthorized"), problem(401, "unauthorized")];
  await guarded(new Request("http://here/console/session", { method: "POST" }));
  expect(lost).toBe(0);
  await guarded(new Request("http://here/v1/x"));
  expect(lost).toBe(1);
  answers = [problem(401, "unauthorized"), problem(401, "unauthorized")];
  await guarded(new Request("http://here/console/session"));
  expect(lost).toBe(1);
  await guarded(new Request("http://here/console/passkeys"));
  expect(lost).toBe(2);
});
