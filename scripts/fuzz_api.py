"""What schemathesis needs to know of a demo: its keys, and things that exist.

Each operation is called with the key that its scope wants. Ids in paths and bodies are replaced, half
of the time, by those of things that the demo has, so that every operation also succeeds.
"""

import json
import os
import random
import urllib.request
from collections import defaultdict

import schemathesis

READY = json.load(open(os.environ["FUZZ_READY"]))
MERCHANT = READY["merchants"][0]
OPERATOR = "merchants:write"
succeeded = defaultdict(int)


def call(path, body=None, key=MERCHANT["secret_key"], kind="application/json"):
    headers = {"Authorization": f"Bearer {key}", "Content-Type": kind}
    headers["Idempotency-Key"] = f"fuzz-{random.getrandbits(64):x}"
    data = body.encode() if isinstance(body, str) else body and json.dumps(body).encode()
    request = urllib.request.Request(READY["url"] + path, data, headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def first(path):
    return call(path)["data"][0]["id"]


def things():
    """A thing of each kind, by the path that leads to it."""
    sku = MERCHANT["skus"][0]["id"]
    buyer = {"external_id": "fuzz"}
    money = {"amount": 100_000_000, "currency": "CNY"}
    call("/v1/wallet-credits", {"buyer": buyer, "amount": money})
    order = {"sku": sku, "quantity": 1, "buyer": buyer, "pay": {"method": "wallet"}}
    hold = {"buyer": buyer, "amount": {"amount": 1, "currency": "CNY"}}
    batch = call("/v1/code-imports")["data"][0]["batch"]
    new_key = {"name": "fuzz", "mode": "test", "scopes": ["orders:read"]}
    keys = f"/v1/merchants/{MERCHANT['id']}/keys"
    made = call("/v1/orders", order)
    bodies = {
        ("POST", "/v1/orders"): order,
        ("POST", "/v1/wallet-credits"): {"buyer": buyer, "amount": money},
        ("POST", "/v1/wallet-holds"): hold,
        ("POST", "/v1/wallets/lookup"): {"buyer": buyer, "currency": "CNY"},
        ("POST", "/v1/wallets/entries"): {"buyer": buyer, "currency": "CNY"},
        ("POST", "/v1/buyers/lookup"): buyer,
        ("POST", "/v1/merchants"): {"name": "fuzz"},
        ("POST", "/v1/merchants/{id}/keys"): new_key,
        ("POST", "/v1/products"): {
            "name": "fuzz",
            "skus": [{"kind": "code", "name": "one", "price": {"amount": 1, "currency": "CNY"}}],
        },
        ("POST", "/v1/skus/{id}/code-imports"): "number,password\nFZ1,x\n",
        ("PATCH", "/v1/products/{id}"): {"name": "fuzz"},
        ("PATCH", "/v1/skus/{id}"): {"name": "fuzz"},
    }
    ids = {
        "products": lambda: first("/v1/products"),
        "skus": lambda: sku,
        "code-imports": lambda: first("/v1/code-imports"),
        "code-batches": lambda: batch,
        "batches": lambda: batch,
        "orders": lambda: made["id"],
        "buyers": lambda: made["buyer"]["id"],
        "wallet-holds": lambda: call("/v1/wallet-holds", hold)["id"],
        "accounts": lambda: first("/v1/accounts"),
        "transfers": lambda: first("/v1/transfers"),
        "merchants": lambda: MERCHANT["id"],
        "keys": lambda: call(keys, new_key, READY["operator_key"])["id"],
    }
    return ids, bodies


IDS, BODIES = things()


@schemathesis.hook
def before_call(context, case, kwargs):
    path, method = case.operation.path, case.method.upper()
    operates = path.startswith("/v1/merchants")
    key = READY["operator_key"] if operates else MERCHANT["secret_key"]
    if random.random() < 0.95:
        case.headers["Authorization"] = f"Bearer {key}"
    # Only keys made for it are revoked: the demo's own are needed to the end.
    good = random.random() < 0.5 or method == "DELETE"
    if not good:
        return
    parts = path.strip("/").split("/")
    for before, part in zip(parts, parts[1:]):
        if part.startswith("{") and before in IDS:
            case.path_parameters[part.strip("{}")] = IDS[before]()
    if (method, path) in BODIES:
        body = BODIES[(method, path)]
        case.body, case.media_type = body, "text/csv" if isinstance(body, str) else "application/json"
        case.headers["Idempotency-Key"] = f"fuzz-{random.getrandbits(64):x}"
    case.query.clear()


@schemathesis.hook
def after_call(context, case, response):
    operation = f"{case.method.upper()} {case.operation.path}"
    succeeded[operation] += 200 <= response.status_code < 300
    missing = sorted(name for name, count in succeeded.items() if not count)
    with open(os.environ["FUZZ_READY"] + ".missing", "w") as file:
        file.write("".join(f"{name}\n" for name in missing))
