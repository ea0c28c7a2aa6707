"""What wapiti needs to know of a demo, and what its reports say.

`prepare FOLDER` signs an owner in and writes where a scan begins, with whose headers, and the API's document with ids of
things that are there. `still FOLDER` fails when what was sent with the requests opens nothing any more. `judge FOLDER`
prints what the reports found and fails at a finding of medium or above.
"""

import json
import re
import sys
import urllib.request
from pathlib import Path

SCANS = ["guest", "owner", "key"]
LEVELS = ["info", "low", "medium", "high", "critical"]
LOW, MEDIUM = 1, 2
# An attacked request must not take away with what it is sent.
SPARED = ("/v1/staff", "/v1/keys", "/v1/merchants", "/v1/roles", "/v1/staff_networks")


def call(url, headers=None, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **(headers or {})})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer), answer.headers.get_all("Set-Cookie") or []


def prepare(work):
    ready = json.loads((work / "ready.json").read_text())
    url, merchant = ready["url"], ready["merchants"][0]
    key = {"Authorization": f"Bearer {merchant['secret_key']}"}
    buyer = {"external_id": "scan"}
    credit = {"buyer": buyer, "amount": {"amount": 100_000, "currency": "CNY"}}
    call(f"{url}/v1/wallet-credits", key | {"Idempotency-Key": "scan-1"}, credit)
    lines = [{"sku": merchant["skus"][0]["id"], "quantity": 1}]
    wanted = {"buyer": buyer, "lines": lines, "pay": {"method": "wallet"}}
    call(f"{url}/v1/orders", key | {"Idempotency-Key": "scan-2"}, wanted)
    session, cookies = call(f"{url}/console/demo", body={"email": "owner@galaxy.example"})
    shops = [one["shop_url"] for one in ready["merchants"]]
    starts = [f"{url}/", ready["console_url"], f"{url}/console/link", f"{url}/openapi.json", *shops]
    write = {
        "url": f"{url}/",
        "starts": "\n".join(starts),
        "cookie": "Cookie: " + "; ".join(cookie.split(";")[0] for cookie in cookies),
        "csrf": f"X-CSRF-Token: {session['csrf']}",
        "key": f"Authorization: {key['Authorization']}",
        "api.json": json.dumps(named(url, key)),
    }
    for name, text in write.items():
        (work / name).write_text(text)


def named(url, key):
    """The document of the API; an `id` in a path is by default one that is there."""
    document, _ = call(f"{url}/openapi.json")
    document["servers"] = [{"url": url}]
    paths = {path: item for path, item in document["paths"].items() if not path.startswith(SPARED)}
    for path, item in paths.items():
        item.pop("delete", None)
        first = re.match(r"(/v1/[a-z_-]+)/\{id\}", path)
        there = first and one_of(url + first[1], key)
        for operation in item.values():
            for parameter in operation.get("parameters", []) if isinstance(operation, dict) else []:
                if there and parameter.get("in") == "path":
                    parameter["schema"] = {"type": "string", "default": there}
    return document | {"paths": paths}


def one_of(url, key):
    try:
        rows = call(f"{url}?limit=1", key)[0]["data"]
    except OSError:
        return None
    return rows[0]["id"] if rows else None


def still(work):
    """The session and the key still open what they opened: a scan of refusals alone would find nothing."""
    url = (work / "url").read_text()
    for name in ["cookie", "key"]:
        header, value = (work / name).read_text().split(": ", 1)
        call(f"{url}v1/orders?limit=1", {header: value})


def judge(work):
    worst = 0
    for name in SCANS:
        report = json.loads((work / f"{name}.json").read_text())
        groups = [report["vulnerabilities"], report["anomalies"], report["additionals"]]
        found = [(one["level"], kind, one) for group in groups for kind, all in group.items() for one in all]
        print(f"{name}: {report['infos']['crawled_pages_nbr']} pages, {len(found)} findings")
        for level, kind, one in sorted(found, key=lambda row: -row[0]):
            if level < LOW:
                continue
            line = f"  {LEVELS[level]}: {kind}: {one['method']} {one['path']} {one['parameter'] or ''} {one['info']}"
            print(line.replace("\n", " "))
            worst = max(worst, level)
    if worst >= MEDIUM:
        sys.exit(f"a finding is {LEVELS[worst]}")


if __name__ == "__main__":
    {"prepare": prepare, "still": still, "judge": judge}[sys.argv[1]](Path(sys.argv[2]))
