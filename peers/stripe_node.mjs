// Stripe: npm stripe as the merchant.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { Receiver, control, ready } from './receiver.mjs';

const { hostname, port } = new URL(ready.stripe.base_url);
const connect = (key) => new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
const stripe = connect(ready.stripe.secret_key);
const receiver = await Receiver.start('');

const endpoint = await stripe.webhookEndpoints.create({
  url: receiver.url,
  enabled_events: ['checkout.session.completed', 'payment_intent.succeeded'],
});
const opened = async () => {
  const { headers, body } = await receiver.next();
  const event = stripe.webhooks.constructEvent(body, headers['stripe-signature'], endpoint.secret);
  const changed = body.replace('"livemode":false', '"livemode":true');
  assert.throws(() => stripe.webhooks.constructEvent(changed, headers['stripe-signature'], endpoint.secret));
  assert.throws(() => stripe.webhooks.constructEvent(body, headers['stripe-signature'], 'whsec_other'));
  return event;
};

await assert.rejects(connect('sk_test_stranger').refunds.retrieve('re_x'), { type: 'StripeAuthenticationError' });

const number = `peer${randomUUID()}`;
const order = {
  mode: 'payment',
  line_items: [{ quantity: 3, price_data: { currency: 'usd', unit_amount: 400, product_data: { name: 'Card & more' } } }],
  success_url: 'https://shop.example/{CHECKOUT_SESSION_ID}',
  client_reference_id: number,
};
const session = await stripe.checkout.sessions.create(order, { idempotencyKey: number });
assert.deepEqual([session.amount_total, session.status], [1200, 'open']);
assert.equal((await stripe.checkout.sessions.create(order, { idempotencyKey: number })).id, session.id);
await assert.rejects(stripe.checkout.sessions.create({ ...order, mode: 'payment', cancel_url: 'https://x.example/' }, { idempotencyKey: number }), {
  type: 'StripeIdempotencyError',
});
await assert.rejects(stripe.checkout.sessions.create({ ...order, success_url: undefined }), { code: 'parameter_missing' });

await control(`payments/${session.id}`, { action: 'pay' });
const events = [await opened(), await opened()];
const completed = events.find((event) => event.type === 'checkout.session.completed').data.object;
assert.deepEqual([completed.id, completed.payment_status], [session.id, 'paid']);
const intent = await stripe.paymentIntents.retrieve(completed.payment_intent, { expand: ['latest_charge'] });
assert.deepEqual([intent.status, intent.amount_received, intent.latest_charge.amount], ['succeeded', 1200, 1200]);
const refund = await stripe.refunds.create({ charge: intent.latest_charge.id, amount: 200 });
assert.deepEqual([refund.status, refund.amount, refund.payment_intent], ['succeeded', 200, intent.id]);
await assert.rejects(stripe.refunds.create({ payment_intent: intent.id, amount: 1001 }), { type: 'StripeInvalidRequestError' });

await control('faults', { channel: 'stripe', fault: '500' });
await assert.rejects(stripe.paymentIntents.retrieve(intent.id), { type: 'StripeAPIError' });
await control('faults', { channel: 'stripe', fault: 'none' });
await stripe.webhookEndpoints.del(endpoint.id);
receiver.close();
console.log('peers: stripe (Node) agrees');
