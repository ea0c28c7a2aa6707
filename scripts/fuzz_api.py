"""What schemathesis needs to know of a demo: its keys, and a good request of each operation.

Half of the calls get a good request, so that every operation also succeeds; the rest stay as they were made.
Things that a request uses up (an unpaid order, a key to revoke) are made for it.
"""

import hashlib
import hmac
import json
import os
import random
import secrets
import time
import urllib.request
from collections import defaultdict

import schemathesis

READY = json.load(open(os.environ["FUZZ_READY"]))
MERCHANT = READY["merchants"][0]
SKU = MERCHANT["skus"][0]["id"]
BUYER = {"external_id": "fuzz"}
MONEY = {"amount": 100_000_000, "currency": "CNY"}
FEN = {"amount": 1, "currency": "CNY"}
WAITS = {"sku": SKU, "quantity": 1}
KEY = {"name": "fuzz", "mode": "test", "scopes": ["orders:read"]}
KEYS = f"/v1/merchants/{MERCHANT['id']}/keys"
REASON = {"reason": "fuzz"}
PRODUCT = {"name": "fuzz", "skus": [{"kind": "code", "name": "one", "price": FEN}]}
# More than are bought in five minutes.
STOCK = 100_000
succeeded = defaultdict(int)


def once():
    """A name that was never used. `random` does not do: the fuzzer seeds it anew for each case."""
    return f"fuzz-{secrets.token_hex(8)}"


def call(path, body=None, key=MERCHANT["secret_key"], kind="application/json"):
    headers = {"Authorization": f"Bearer {key}", "Content-Type": kind, "Idempotency-Key": once()}
    data = body.encode() if isinstance(body, str) else body and json.dumps(body).encode()
    request = urllib.request.Request(READY["url"] + path, data, headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def first(path):
    return call(path)["data"][0]["id"]


def stock_account():
    """Only wallets and stock have entries."""
    return next(a["id"] for a in call("/v1/accounts")["data"] if a["kind"] == "stock")


def waiting_order():
    """An unpaid order of a buyer of its own, because a buyer may have only a few."""
    return call("/v1/orders", WAITS | {"buyer": {"external_id": once()}})["id"]


def begun_payment():
    return call(f"/v1/orders/{waiting_order()}/payments", {"method": "test"})["id"]


def paid_order():
    payment = begun_payment()
    call(f"/test-channel/payments/{payment}", {"action": "pay"})
    return call(f"/v1/payments/{payment}")["order"]


def given_back():
    return call(f"/v1/orders/{paid_order()}/refunds", REASON)["id"]


def hold():
    return call("/v1/wallet-holds", {"buyer": BUYER, "amount": FEN})["id"]


def code():
    """A code of a SKU that nobody buys, and its batch."""
    sku = call("/v1/products", PRODUCT)["skus"][0]["id"]
    number = once()
    return number, stock(sku, [number])


def frozen_code():
    number, _ = code()
    call("/v1/codes/freeze", {"code": number} | REASON)
    return number


def frozen_batch():
    _, batch = code()
    call(f"/v1/code-batches/{batch}/freeze", REASON)
    while call(f"/v1/code-batches/{batch}")["in_progress"]:
        time.sleep(0.05)
    return batch


def notice():
    """What the test channel would say of a payment, and its signature."""
    payment = call(f"/v1/payments/{begun_payment()}")
    said = {"payment": payment["id"], "order": payment["order"], "transaction": once()}
    body = json.dumps(said | {"status": "paid"} | payment["amount"])
    seconds = int(time.time())
    secret = bytes.fromhex(MERCHANT["test_channel_secret"])
    code = hmac.new(secret, f"{seconds}.{body}".encode(), hashlib.sha256).hexdigest()
    return body, f"t={seconds},v1={code}"


def stock(sku, numbers):
    """Imports codes and gives their batch, once they are for sale."""
    path = f"/v1/skus/{sku}/code-imports"
    started = call(path, "number\n" + "\n".join(numbers), kind="text/csv")["id"]
    while call(f"/v1/code-imports/{started}")["state"] == "running":
        time.sleep(0.05)
    return call(f"/v1/code-imports/{started}")["batch"]


call("/v1/wallet-credits", {"buyer": BUYER, "amount": MONEY})
stock(SKU, [f"{once()}" for _ in range(STOCK)])
BOUGHT = call("/v1/orders", WAITS | {"buyer": BUYER, "pay": {"method": "wallet"}})

# What stands for {id} in a path, by the part before it.
IDS = {
    "accounts": stock_account,
    "buyers": lambda: BOUGHT["buyer"]["id"],
    "code-batches": lambda: code()[1],
    "code-imports": lambda: first("/v1/code-imports"),
    "keys": lambda: call(KEYS, KEY, READY["operator_key"])["id"],
    "merchants": lambda: MERCHANT["id"],
    "orders": lambda: BOUGHT["id"],
    "payments": begun_payment,
    "products": lambda: call("/v1/products", PRODUCT)["id"],
    "refunds": given_back,
    "skus": lambda: call("/v1/products", PRODUCT)["skus"][0]["id"],
    "test": lambda: MERCHANT["id"],
    "transfers": lambda: first("/v1/transfers"),
    "wallet-holds": hold,
}
# Paths whose thing must be in a state.
STATES = {
    "/v1/orders/{id}/cancel": waiting_order,
    "/v1/orders/{id}/payments": waiting_order,
    "/v1/orders/{id}/refunds": paid_order,
    "/v1/code-batches/{id}/unfreeze": frozen_batch,
}
BODIES = {
    "POST /test-channel/payments/{id}": lambda: {"action": "pay"},
    "POST /v1/buyers/lookup": lambda: BUYER,
    "POST /v1/code-batches/{id}/freeze": lambda: REASON,
    "POST /v1/code-batches/{id}/unfreeze": lambda: REASON,
    "POST /v1/code-batches/{id}/void": lambda: REASON,
    "POST /v1/codes/freeze": lambda: {"code": code()[0]} | REASON,
    "POST /v1/codes/lookup": lambda: {"code": code()[0]},
    "POST /v1/codes/unfreeze": lambda: {"code": frozen_code()} | REASON,
    "POST /v1/codes/void": lambda: {"code": code()[0]} | REASON,
    "POST /v1/merchants": lambda: {"name": "fuzz"},
    "POST /v1/merchants/{id}/keys": lambda: KEY,
    "POST /v1/orders": lambda: WAITS | {"buyer": BUYER, "pay": {"method": "wallet"}},
    "POST /v1/orders/{id}/cancel": lambda: {},
    "POST /v1/orders/{id}/payments": lambda: {"method": "test"},
    "POST /v1/orders/{id}/refunds": lambda: REASON,
    "POST /v1/orders/{id}/reveal": lambda: {},
    "POST /v1/products": lambda: PRODUCT,
    "POST /v1/refunds/{id}/retry": lambda: {},
    "PATCH /v1/products/{id}": lambda: {"name": "fuzz"},
    "PATCH /v1/shop": lambda: {"colour": "#1f7a53"},
    "PATCH /v1/skus/{id}": lambda: {"name": "fuzz"},
    "POST /v1/skus/{id}/code-imports": lambda: f"number,password\n{once()},x\n",
    "POST /v1/wallet-credits": lambda: {"buyer": BUYER, "amount": FEN},
    "POST /v1/wallet-holds": lambda: {"buyer": BUYER, "amount": FEN},
    "POST /v1/wallet-holds/{id}/post": lambda: {},
    "POST /v1/wallet-holds/{id}/void": lambda: {},
    "POST /v1/wallets/entries": lambda: {"buyer": BUYER, "currency": "CNY"},
    "POST /v1/wallets/lookup": lambda: {"buyer": BUYER, "currency": "CNY"},
}


@schemathesis.hook
def before_call(context, case, kwargs):
    path, method = case.operation.path, case.method.upper()
    operates = path.startswith("/v1/merchants")
    key = READY["operator_key"] if operates else MERCHANT["secret_key"]
    if random.random() < 0.95:
        case.headers["Authorization"] = f"Bearer {key}"
    # Only keys that were made for it are revoked: the demo's own are needed to the end.
    if random.random() < 0.5 and method != "DELETE":
        return
    case.headers["Idempotency-Key"] = once()
    case.query.clear()
    parts = path.strip("/").split("/")
    for before, part in zip(parts, parts[1:]):
        if part.startswith("{"):
            case.path_parameters[part.strip("{}")] = STATES.get(path, IDS[before])()
    if path.startswith("/notify/"):
        body, case.headers["Test-Signature"] = notice()
        case.body, case.media_type = json.loads(body), "application/json"
    elif f"{method} {path}" in BODIES:
        body = BODIES[f"{method} {path}"]()
        case.body, case.media_type = body, "text/csv" if isinstance(body, str) else "application/json"


@schemathesis.hook
def after_call(context, case, response):
    operation = f"{case.method.upper()} {case.operation.path}"
    succeeded[operation] += 200 <= response.status_code < 300
    with open(os.environ["FUZZ_READY"] + ".counts", "w") as file:
        json.dump(succeeded, file)
