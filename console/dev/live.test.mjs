// What happens in the shop stands on the screen at once: in every window, over one connection, also after it broke.

import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { stage, visitor } from "./demo.mjs";

const on = stage({ filled: true });

let orders = 0;

/** An order of somebody's program, paid at once. */
async function order() {
  orders += 1;
  const { secret_key, skus } = on.shop.ready.merchants[0];
  const headers = {
    authorization: `Bearer ${secret_key}`,
    "content-type": "application/json",
    "idempotency-key": crypto.randomUUID(),
  };
  const external_id = `LIVE-${orders}`;
  const lines = [{ sku: skus[0].id, quantity: 1 }];
  const body = {
    buyer: { external_id: "wx-chen-1021" },
    lines,
    pay: { method: "wallet" },
    channel: "api",
    external_id,
  };
  const answer = await fetch(`${on.shop.ready.url}/v1/orders`, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, await answer.clone().text());
  return (await answer.json()).number;
}

/** A second window of the same browser. */
async function beside({ page }, path) {
  const other = await page.context().newPage();
  other.setDefaultTimeout(15_000);
  await other.goto(`${on.shop.ready.url}/console${path}`);
  return other;
}

const owner = () => visitor(on.browser, on.shop.ready, { email: "owner@galaxy.example" });

/** The connections that a browser opened. */
function connections({ page }) {
  const all = [];
  page.context().on("request", request => request.url().includes("/v1/events") && all.push(new URL(request.url())));
  return all;
}

test("two windows have one connection, and both follow; when one is closed the other goes on behind it", async () => {
  const one = await owner();
  const opened = connections(one);
  const begun = one.page.waitForRequest(request => request.url().includes("/v1/events"));
  await one.open("/orders");
  await begun;
  await one.page.getByRole("table").waitFor();
  const other = await beside(one, "/");
  await other.getByRole("region", { name: "最近的订单" }).waitFor();
  const first = await order();
  await one.page.getByRole("link", { name: first }).waitFor();
  await other.getByRole("link", { name: first }).waitFor();
  assert.equal(opened.length, 1, "one connection for both");
  const again = other.context().waitForEvent("request", request => request.url().includes("/v1/events"));
  await one.page.close();
  await again;
  assert.match(opened.at(-1).searchParams.get("last_event_id"), /^\d+$/, "behind what was told last");
  const second = await order();
  await other.getByRole("link", { name: second }).waitFor();
  assert.equal(opened.length, 2);
});

/** A way to the demo that breaks each connection of events a second after it was made; gives its address, and how many broke. */
async function broken() {
  const { port } = new URL(on.shop.ready.url);
  const way = { breaks: 0 };
  const server = createServer(near => {
    const far = connect(port, "127.0.0.1");
    const end = () => {
      near.destroy();
      far.destroy();
    };
    near.on("data", part => {
      if (!part.includes("/v1/events")) return;
      way.asked = String(part);
      setTimeout(() => {
        way.breaks += 1;
        end();
      }, 1_000);
    });
    for (const side of [near, far]) side.on("error", end).on("close", end);
    near.pipe(far).pipe(near);
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  way.url = `http://127.0.0.1:${server.address().port}`;
  way.close = () => server.close();
  return way;
}

test("over a connection that breaks every second nothing is missed", async () => {
  const way = await broken();
  try {
    const ready = { ...on.shop.ready, url: way.url };
    const { page, open } = await visitor(on.browser, ready, { email: "owner@galaxy.example" });
    const begun = page.waitForRequest(request => request.url().includes("/v1/events"));
    await open("/orders");
    await begun;
    for (let n = 0; n < 4; n += 1) {
      const number = await order();
      await page.getByRole("link", { name: number }).waitFor();
      const broke = way.breaks;
      while (way.breaks === broke) await page.waitForEvent("request", { timeout: 15_000 }).catch(() => {});
    }
    assert.match(way.asked, /last-event-id: \d+/i, "it went on behind what it had heard");
  } finally {
    way.close();
  }
});

test("what somebody types stays, whatever others change", async () => {
  const mine = await owner();
  const begun = mine.page.waitForRequest(request => request.url().includes("/v1/events"));
  await mine.open(`/products/${on.seeded.product}`);
  await begun;
  const name = mine.page.getByLabel("名称", { exact: true }).first();
  await name.fill("我正在改的名字");
  const status = await mine.page.evaluate(async id => {
    const { csrf } = await (await fetch("/console/session")).json();
    const headers = { "content-type": "application/json", "x-csrf-token": csrf };
    const body = JSON.stringify({ description: "别人刚改的" });
    return (await fetch(`/v1/products/${id}`, { method: "PATCH", headers, body })).status;
  }, on.seeded.product);
  assert.equal(status, 200);
  const shown = await order();
  const other = await beside(mine, "/orders");
  await other.getByRole("link", { name: shown }).waitFor();
  assert.equal(await name.inputValue(), "我正在改的名字");
});
