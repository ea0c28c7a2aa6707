"""PyPI `stripe` signs webhooks that our client reads; PyPI `localstripe` is a server that our client asks."""

import json
import socket
import subprocess
import sys
import time
import types
import typing
import urllib.parse
import urllib.request

import stripe
import typing_extensions
from stripe.params.checkout import _session_create_params as session_params

from common import ORDER, PAYMENT, REFUND, Client, Server, check, done

SECRET = "whsec_0123456789"
ACCOUNT = {"stripe": {"secret_key": "sk_test_0123456789", "webhook_secret": SECRET}}


def webhooks():
    ours = Client(ACCOUNT)
    session = {"id": "cs_test_1", "object": "checkout.session", "status": "complete", "payment_status": "paid",
               "payment_intent": "pi_1", "amount_total": 1990, "currency": "usd", "client_reference_id": PAYMENT,
               "metadata": {"tessera_payment": PAYMENT, "tessera_order": ORDER}}
    body = json.dumps({"id": "evt_1", "object": "event", "type": "checkout.session.completed", "livemode": False,
                       "data": {"object": session}})
    at = int(time.time())
    code = stripe.WebhookSignature._compute_signature(f"{at}.{body}", SECRET)
    header = f"t={at},v1={code}"
    stripe.Webhook.construct_event(body, header, SECRET)
    read = ours.ask("notice", headers={"Stripe-Signature": header}, body=body)
    check("webhook", "Paid(Paid { number: \"pi_1\"" in read["notice"])
    forged = body.replace("1990", "1")
    read = ours.ask("notice", headers={"Stripe-Signature": header}, body=forged)
    check("forged", read["refused"] == "bad_signature")
    ours.close()


def resolved(kind, place):
    """A type without what only annotations say, its name looked up in the module that has it."""
    if isinstance(kind, typing.ForwardRef):
        return resolved(eval(kind.__forward_arg__, vars(place)), place)
    if typing_extensions.get_origin(kind) is typing_extensions.NotRequired:
        return resolved(typing.get_args(kind)[0], place)
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return resolved(next(one for one in typing.get_args(kind) if one is not str), place)
    return kind


def fits(kind, names, place):
    """Whether `names` (of `a[b][0][c]`) lead to a plain field of a type of Stripe's own client."""
    kind = resolved(kind, place)
    if typing.get_origin(kind) is list:
        return names[0].isdigit() and fits(typing.get_args(kind)[0], names[1:], place)
    if typing.get_origin(kind) is dict:
        return len(names) == 1
    if not typing_extensions.is_typeddict(kind):
        return not names
    return bool(names) and names[0] in kind.__annotations__ and fits(kind.__annotations__[names[0]], names[1:], place)


def check_fields(kind, place, form):
    for name in form:
        names = name.replace("]", "").split("[")
        check(f"Stripe's client knows {name}", fits(kind, names, place))
    check("it would not know others", not fits(kind, ["no_such_field"], place))


def sessions():
    """Our form of a session, whose every field must be one of Stripe's own client; answered as Stripe does."""
    seen = []

    def answer(method, path, headers, body):
        form = dict(urllib.parse.parse_qsl(body))
        seen.append((method, path, headers["idempotency-key"], headers["stripe-version"], form))
        check("our key", headers["authorization"] == "Bearer sk_test_0123456789")
        text = json.dumps({"id": "cs_test_1", "object": "checkout.session", "url": "https://checkout.stripe.com/x",
                           "status": "open", "payment_status": "unpaid", "client_reference_id": PAYMENT})
        return 200, {"content-type": "application/json"}, text

    server = Server(answer)
    ours = Client(ACCOUNT, {"stripe": server.origin})
    check("offer", ours.ask("offer", way="stripe")["offer"] == {"url": "https://checkout.stripe.com/x"})
    method, path, key, version, form = seen[0]
    check("the request", (method, path, key) == ("POST", "/v1/checkout/sessions", PAYMENT) and version)
    check_fields(session_params.SessionCreateParams, session_params, form)
    check("open", ours.ask("query", reference="cs_test_1")["what"] == "Open")
    ours.close()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def post(origin, path, form):
    request = urllib.request.Request(origin + path, form.encode(), {"authorization": "Bearer sk_test_0123456789"})
    return json.load(urllib.request.urlopen(request))


def server():
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "-m", "localstripe", "--from-scratch", "--port", str(port)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        asked(origin)
    finally:
        process.kill()
        process.wait()


def asked(origin):
    ours = Client(ACCOUNT, {"stripe": origin})
    card = "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2099&card[cvc]=123"
    method = post(origin, "/v1/payment_methods", card)["id"]
    made = post(origin, "/v1/payment_intents", "amount=1990&currency=usd&payment_method=" + method
                + f"&metadata[tessera_payment]={PAYMENT}")
    check("open", ours.ask("query", reference=made["id"])["what"] == "Open")
    post(origin, f"/v1/payment_intents/{made['id']}/confirm", "")
    check("paid", f'number: "{made["id"]}"' in ours.ask("query", reference=made["id"])["what"])
    other = PAYMENT[:-1] + "9"
    check("another payment", ours.ask("query", reference=made["id"], payment=other)["what"] == "other_account")
    check("none", ours.ask("query", reference="pi_none")["outcome"] == "unknown")

    money = {"amount": 90, "currency": "USD"}
    check("not begun", "NotBegun" in ours.ask("refund_query", transaction=made["id"])["what"])
    first = ours.ask("refund", transaction=made["id"], amount=money)
    check("refund", "Done" in first["what"] and "amount: 90" in first["what"])
    again = ours.ask("refund", transaction=made["id"], amount=money)
    check("the same number makes no second refund", again["what"] == first["what"])
    number = first["what"].split('number: Some("')[1].split('"')[0]
    check("refund query", "Done" in ours.ask("refund_query", transaction=made["id"])["what"])
    check("refund by number", "Done" in ours.ask("refund_query", reference=number)["what"])
    other = ours.ask("refund_query", transaction=made["id"], refund=REFUND[:-1] + "9")
    check("another refund", "NotBegun" in other["what"])
    ours.close()


webhooks()
sessions()
server()
done("stripe and localstripe")
