// Forms on plain http at an address of this machine in the network, where browsers tell nothing of a form's site; and
// a real foreign site that sends them in a buyer's name.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { networkInterfaces } from "node:os";
import { after, before, test } from "node:test";
import { buyer, demo, order, settle } from "./demo.mjs";
import { browser } from "./gallery.mjs";

const addresses = Object.values(networkInterfaces()).flat();
const lan = addresses.find((one) => one.family === "IPv4" && !one.internal)?.address;
let near, far, foreign, chromium;

/** A site of somebody else, which sends whatever form its address says. */
async function site() {
  const server = createServer((request, response) => {
    const asked = new URL(request.url, "http://x").searchParams;
    const inputs = [...asked].filter(([name]) => name !== "to")
      .map(([name, value]) => `<input name="${name}" value="${value}">`).join("");
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<form method="post" action="${asked.get("to")}">${inputs}</form><script>document.forms[0].submit()</script>`);
  });
  await new Promise((done) => server.listen(0, "0.0.0.0", done));
  return { port: server.address().port, stop: () => new Promise((done) => server.close(done)) };
}

before(async () => {
  assert.ok(lan, "the machine has an address beside 127.0.0.1");
  [near, far, foreign, chromium] = await Promise.all([demo(), demo("--listen", `${lan}:0`), site(), browser()]);
});

after(async () => {
  await chromium?.close();
  await Promise.all([near?.stop(), far?.stop(), foreign?.stop()]);
});

for (const javaScriptEnabled of [true, false]) {
  test(`a buyer buys over http at ${lan}, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
    const one = await buyer(chromium, "zh-CN", 375, { javaScriptEnabled });
    const sent = [];
    one.page.on("request", (request) => request.method() === "POST" && sent.push(request));
    const address = await order(one, far.merchants[0].shop_url);
    await settle(one, address, "pay", "lan-paid");
    await one.page.locator('form[action$="/reveal"] button').click();
    assert.equal(await one.page.locator("code").count() > 0, true);
    assert.ok(sent.length >= 4);
    for (const request of sent) {
      const headers = await request.allHeaders();
      assert.equal(headers["sec-fetch-site"], undefined, "on plain http a browser does not say");
    }
    await one.context.close();
  });
}

for (const where of ["127.0.0.1", "the network"]) {
  test(`a foreign site sends no form at ${where}`, async () => {
    const shop = where === "127.0.0.1" ? near : far;
    // Another name of this machine is another site; at the address itself another port is the same site.
    for (const host of where === "127.0.0.1" ? ["localhost", "127.0.0.1"] : ["localhost", lan]) {
      const one = await buyer(chromium, "zh-CN", 375, { locale: "zh-CN" });
      const start = shop.merchants[0].shop_url;
      await one.page.goto(`${start}?lang=zh-CN`);
      await one.page.locator('a[href*="/p/"]').first().click();
      await one.page.locator('form[action*="/checkout"] button').first().click();
      const hidden = await one.page.locator('form[action$="/checkout"] input[type=hidden]').evaluateAll((inputs) =>
        inputs.map((input) => [input.name, input.value]));
      const consent = await one.page.locator("input[name=consent]").getAttribute("value");
      const guessed = hidden.filter(([name]) => name !== "token");
      const fields = new URLSearchParams([...guessed, ["quantity", "1"], ["consent", consent], ["to", `${start}/checkout`]]);
      const answered = one.page.waitForResponse((answer) => answer.request().method() === "POST");
      await one.page.goto(`http://${host}:${foreign.port}/?${fields}`, { waitUntil: "commit" });
      assert.equal((await answered).status(), 403, `${host} at ${where}`);
      await one.page.waitForLoadState();
      const said = await one.page.locator("main").innerText();
      assert.ok(said.includes("没有被接受") && !said.includes("没填对"), said);
      await one.shown("foreign-form");
      await one.page.goto(`${start}/orders`);
      assert.equal(await one.page.locator('a[href*="/o/"]').count(), 0, "nothing was ordered");
      await one.context.close();
    }
  });
}

test("the front door and a lost visitor", async () => {
  for (const language of ["zh-CN", "en"]) {
    for (const width of [375, 1280]) {
      const one = await buyer(chromium, language, width, { looked: true });
      await one.page.goto(`${near.url}/?lang=${language}`);
      assert.equal(await one.page.locator('main a[href*="/s/"]').count(), 2, "both shops are there");
      await one.shown("door");
      await one.page.locator('main a[href*="/s/"]').first().click();
      assert.ok(await one.page.locator('a[href*="/p/"]').count() > 0);
      const lost = await one.page.goto(`${near.url}/nowhere`);
      assert.equal(lost.status(), 404);
      await one.shown("lost");
      await one.context.close();
    }
  }
});
