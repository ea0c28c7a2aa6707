// A buyer who pays by bank transfer: on his phone he reads where the money goes and what to write on it; when the merchant
// says that it came, the page he left open shows the goods.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { buyer, caller, demo, order } from "./demo.mjs";
import { browser, languages } from "./gallery.mjs";

const PHONE = 390;
const ACCOUNT = "6214 8500 0000 0000";

let shop, chromium, call;

before(async () => {
  [shop, chromium] = await Promise.all([demo(), browser()]);
  call = caller(shop, 0);
  const answer = await fetch(`${shop.url}/v1/offline_transfer`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${shop.merchants[0].secret_key}`, "content-type": "application/json" },
    body: JSON.stringify({ enabled: true, details: `招商银行上海分行\n${ACCOUNT}\n星河数娱`, hours: 48 }),
  });
  assert.ok(answer.ok, await answer.text());
});

after(async () => {
  await chromium?.close();
  await shop?.stop();
});

const goods = (page) => page.locator('form[action$="/reveal"] button');

/** The payment by transfer of the order with this number. */
async function paymentOf(number) {
  const { data } = await call("/v1/payments?method=offline");
  const found = data.find((one) => one.order_number === number);
  assert.ok(found, `${number} has a payment by transfer`);
  return found;
}

const confirm = ({ id, amount }, reference, more = 0) =>
  call(`/v1/payments/${id}/confirm`, "application/json", JSON.stringify({ reference, amount: { ...amount, amount: amount.amount + more } }));

for (const language of languages) {
  test(`told where to transfer to, confirmed, and the page goes on to the goods by itself, in ${language}`, async () => {
    const one = await buyer(chromium, language, PHONE, { locale: language, looked: true, isMobile: true, hasTouch: true });
    const { page, shown } = one;
    const address = await order(one, shop.merchants[0].shop_url);
    assert.equal(await page.getByText(ACCOUNT).count(), 0, "nothing is told before it is chosen");
    await page.locator('input[name="method"][value="offline"]').check({ force: true });
    await page.locator('form[action$="/pay"] button').click();
    await page.getByText(ACCOUNT).waitFor();
    assert.equal(page.url(), address, "it stays the order's page");
    const number = await page.locator("main .small .num").first().innerText();
    const told = page.locator("main section").filter({ hasText: ACCOUNT });
    assert.ok((await told.innerText()).includes(number), "what to write on the transfer is told");
    await shown("transfer-told");

    // Too little came first: it goes back, and the page still waits.
    const payment = await paymentOf(number);
    assert.equal((await confirm(payment, `SHORT-${language}`, -1)).state, "returned");
    await page.goto(address);
    await shown("transfer-short");
    assert.equal(await goods(page).count(), 0);
    await page.locator('input[name="method"][value="offline"]').check({ force: true });
    await page.locator('form[action$="/pay"] button').click();
    await page.getByText(ACCOUNT).waitFor();
    const again = await paymentOf(number);
    assert.notEqual(again.id, payment.id);
    assert.equal((await confirm(again, `BANK-${language}`)).state, "succeeded");

    await goods(page).waitFor({ timeout: 10_000 });
    await goods(page).click();
    await page.locator("code").first().waitFor();
    await shown("transfer-goods");
    await one.context.close();
  });
}
