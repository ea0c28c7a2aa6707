"""Stripe: PyPI stripe as the merchant."""

import sys
import time
import uuid

import stripe
from receiver import READY, Receiver, booked, control, equal, refused


def opened(receiver, secret, kinds):
    """The next notices' objects by type, each verified by the SDK."""
    found = {}
    for _ in kinds:
        headers, body = receiver.next()
        headers = {name.lower(): value for name, value in headers.items()}
        event = stripe.Webhook.construct_event(body, headers["stripe-signature"], secret)
        found[event["type"]] = event["data"]["object"]
        changed = body.replace(b'"livemode":false', b'"livemode":true')
        refused(lambda: stripe.Webhook.construct_event(changed, headers["stripe-signature"], secret),
                stripe.SignatureVerificationError)
    equal(sorted(found), sorted(kinds))
    return found


def line(amount, currency="cny"):
    return {"quantity": 2, "price_data": {"currency": currency, "unit_amount": amount, "product_data": {"name": "年卡 Year"}}}


def sessions(client, receiver, secret):
    number = "peer" + uuid.uuid4().hex
    order = {"mode": "payment", "line_items": [line(1050)], "success_url": "https://shop.example/?id={CHECKOUT_SESSION_ID}",
             "client_reference_id": number, "payment_intent_data": {"metadata": {"payment": number}}}
    key = {"idempotency_key": uuid.uuid4().hex}
    session = client.v1.checkout.sessions.create(order, key)
    equal((session.amount_total, session.currency, session.status, session.payment_status), (2100, "cny", "open", "unpaid"))
    equal(client.v1.checkout.sessions.create(order, key).id, session.id)
    refused(lambda: client.v1.checkout.sessions.create(order | {"client_reference_id": "x"}, key), stripe.IdempotencyError)
    for bad in [{"mode": None}, {"line_items": []}, {"line_items": [line(1, "usd")]}, {"unheard_of": "1"},
                {"expires_at": int(time.time()) + 60}]:
        refused(lambda: client.v1.checkout.sessions.create(order | bad), stripe.InvalidRequestError)

    control(f"payments/{number}", action="pay")
    kinds = ["charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]
    done = opened(receiver, secret, kinds)["checkout.session.completed"]
    equal((done["id"], done["payment_status"], done["client_reference_id"], done["amount_total"]),
          (session.id, "paid", number, 2100))
    intent = client.v1.payment_intents.retrieve(done["payment_intent"])
    equal((intent.status, intent.amount_received, intent.metadata["payment"]), ("succeeded", 2100, number))
    refused(lambda: client.v1.checkout.sessions.expire(session.id), stripe.InvalidRequestError)

    part = client.v1.refunds.create({"payment_intent": intent.id, "amount": 100, "metadata": {"refund": "r1"}})
    equal((part.status, part.amount), ("succeeded", 100))
    equal(client.v1.refunds.retrieve(part.id).metadata["refund"], "r1")
    refused(lambda: client.v1.refunds.create({"payment_intent": intent.id, "amount": 2001}), stripe.InvalidRequestError)
    client.v1.refunds.create({"payment_intent": intent.id})
    again = refused(lambda: client.v1.refunds.create({"payment_intent": intent.id}), stripe.InvalidRequestError)
    equal(again.code, "charge_already_refunded")
    equal([(c["amount"], c["refunded"]) for c in booked(number)["charges"]], [(2100, 2100)])
    for _ in range(4):
        receiver.next()

    unpaid = client.v1.checkout.sessions.create(order)
    equal(client.v1.checkout.sessions.expire(unpaid.id).status, "expired")
    opened(receiver, secret, ["checkout.session.expired"])
    equal(client.v1.checkout.sessions.retrieve(unpaid.id).status, "expired")


def intents(client, receiver, secret):
    number = "peer" + uuid.uuid4().hex
    made = client.v1.payment_intents.create({"amount": 500, "currency": "usd", "metadata": {"payment": number}})
    equal(made.status, "requires_payment_method")
    declined = refused(lambda: client.v1.payment_intents.confirm(made.id, {"payment_method": "pm_card_visa_chargeDeclined"}),
                       stripe.CardError)
    equal(declined.code, "card_declined")
    opened(receiver, secret, ["payment_intent.payment_failed"])
    paid = client.v1.payment_intents.confirm(made.id, {"payment_method": "pm_card_visa"})
    equal((paid.status, paid.amount_received), ("succeeded", 500))
    opened(receiver, secret, ["charge.succeeded", "payment_intent.succeeded"])
    refused(lambda: client.v1.payment_intents.cancel(made.id), stripe.InvalidRequestError)
    other = client.v1.payment_intents.create({"amount": 500, "currency": "usd"})
    equal(client.v1.payment_intents.cancel(other.id).status, "canceled")
    opened(receiver, secret, ["payment_intent.canceled"])
    refused(lambda: client.v1.payment_intents.create({"amount": 49, "currency": "usd"}), stripe.InvalidRequestError)
    refused(lambda: client.v1.payment_intents.retrieve("pi_none"), stripe.InvalidRequestError)


def forgeries(client, receiver, secret):
    order = {"mode": "payment", "line_items": [line(100)], "success_url": "https://shop.example/", "client_reference_id": "forged-number"}
    client.v1.checkout.sessions.create(order)
    forged = control("payments/forged-number", action="forge")["forged"]
    equal(len(forged), 6)
    for _ in forged:
        headers, body = receiver.next()
        headers = {name.lower(): value for name, value in headers.items()}
        refused(lambda: stripe.Webhook.construct_event(body, headers.get("stripe-signature", ""), secret),
                stripe.SignatureVerificationError)


def rolled(client, receiver, secret):
    """While the secret is changed, events hold under both."""
    following = control("rotate", channel="stripe", merchant=0, step="announce")["webhook_secret"]
    client.v1.payment_intents.cancel(client.v1.payment_intents.create({"amount": 500, "currency": "usd"}).id)
    headers, body = receiver.next()
    headers = {name.lower(): value for name, value in headers.items()}
    for one in [secret, following]:
        equal(stripe.Webhook.construct_event(body, headers["stripe-signature"], one)["type"], "payment_intent.canceled")
    control("rotate", channel="stripe", merchant=0, step="retire")
    client.v1.payment_intents.cancel(client.v1.payment_intents.create({"amount": 500, "currency": "usd"}).id)
    headers, body = receiver.next()
    headers = {name.lower(): value for name, value in headers.items()}
    stripe.Webhook.construct_event(body, headers["stripe-signature"], following)
    refused(lambda: stripe.Webhook.construct_event(body, headers["stripe-signature"], secret), stripe.SignatureVerificationError)


def main():
    account = READY["stripe"]
    receiver = Receiver(b"")
    bases = {"api": account["base_url"]}
    client = stripe.StripeClient(account["secret_key"], base_addresses=bases, max_network_retries=0)
    stranger = stripe.StripeClient("sk_test_stranger", base_addresses=bases, max_network_retries=0)
    refused(lambda: stranger.v1.refunds.retrieve("re_x"), stripe.AuthenticationError)
    endpoint = client.v1.webhook_endpoints.create({"url": receiver.url, "enabled_events": ["*"]})
    equal(endpoint.secret, account["webhook_secret"])
    sessions(client, receiver, endpoint.secret)
    intents(client, receiver, endpoint.secret)
    forgeries(client, receiver, endpoint.secret)
    rolled(client, receiver, endpoint.secret)
    client.v1.webhook_endpoints.delete(endpoint.id)
    print("peers: stripe (Python) agrees")


if __name__ == "__main__":
    sys.exit(main())
