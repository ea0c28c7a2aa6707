"""WeChat Pay: PyPI wechatpayv3 as the merchant, in public-key mode and in certificate mode."""

import json
import sys
import time
import urllib.parse
import urllib.request
import uuid

from receiver import DIRECT, READY, Receiver, booked, control, equal, refused
from wechatpayv3 import WeChatPay, WeChatPayType, core


class AtSandbox(core.Core):
    """The SDK's core, which asks for certificates while it is made: it learns the gateway before that."""

    gateway = READY["wechat"]["base_url"]

    def __setattr__(self, name, value):
        super().__setattr__(name, self.gateway if name == "_gate_way" else value)


core.Core = AtSandbox


def at_sandbox(account, receiver, **changes):
    """The SDK for an account."""
    settings = {
        "wechatpay_type": WeChatPayType.NATIVE,
        "mchid": account["mchid"],
        "private_key": account["private_key_pem"],
        "cert_serial_no": account["serial_no"],
        "apiv3_key": account["api_v3_key"],
        "appid": account["appid"],
        "notify_url": receiver.url,
        "timeout": (5, 20),
    }
    if account.get("public_key_id"):
        settings |= {"public_key": account["public_key_pem"], "public_key_id": account["public_key_id"]}
    return WeChatPay(**(settings | changes))


def answer(pair, status=200):
    """The body of an answer with the status."""
    equal(pair[0], status)
    return json.loads(pair[1]) if pair[1] else None


def number():
    return "peer" + uuid.uuid4().hex[:28]


def opened(sdk, notice):
    """A notice as the SDK reads it: only if its signature holds."""
    headers, body = notice
    read = sdk.callback(headers, body)
    assert read, "the SDK refuses the notice"
    return read["event_type"], read["resource"]


def pay_query_refund(sdk, receiver, account):
    order = number()
    first = answer(sdk.pay(description="月卡 Monthly", out_trade_no=order, amount={"total": 1234}, attach="a/b"))
    assert first["code_url"].startswith("weixin://wxpay/bizpayurl?pr="), first
    same = answer(sdk.pay(description="月卡 Monthly", out_trade_no=order, amount={"total": 1234}, attach="a/b"))
    equal(same, first)
    changed = answer(sdk.pay(description="月卡 Monthly", out_trade_no=order, amount={"total": 1235}), 403)
    equal(changed["code"], "OUT_TRADE_NO_USED")
    equal(answer(sdk.query(out_trade_no=order))["trade_state"], "NOTPAY")

    control(f"payments/{order}", action="pay")
    event, resource = opened(sdk, receiver.next())
    equal(event, "TRANSACTION.SUCCESS")
    equal(resource["amount"]["total"], 1234)
    equal((resource["out_trade_no"], resource["mchid"], resource["appid"], resource["attach"]),
          (order, account["mchid"], account["appid"], "a/b"))
    transaction = answer(sdk.query(transaction_id=resource["transaction_id"]))
    equal((transaction["trade_state"], transaction["amount"]["payer_total"]), ("SUCCESS", 1234))
    equal(answer(sdk.close(order), 400)["code"], "INVALID_REQUEST")

    refund = {"out_trade_no": order, "out_refund_no": "r-" + order, "amount": {"refund": 34, "total": 1234, "currency": "CNY"}}
    equal(answer(sdk.refund(**refund, notify_url=receiver.url))["status"], "PROCESSING")
    again = answer(sdk.refund(**refund, notify_url=receiver.url))
    equal(again["amount"]["refund"], 34)
    more = refund | {"out_refund_no": "s-" + order, "amount": {"refund": 1201, "total": 1234, "currency": "CNY"}}
    equal(answer(sdk.refund(**more), 400)["code"], "INVALID_REQUEST")
    event, resource = opened(sdk, receiver.next())
    equal((event, resource["refund_status"], resource["amount"]["refund"]), ("REFUND.SUCCESS", "SUCCESS", 34))
    equal(answer(sdk.query_refund("r-" + order))["status"], "SUCCESS")
    equal(answer(sdk.query(out_trade_no=order))["trade_state"], "REFUND")
    equal(answer(sdk.query_refund("none-such"), 404)["code"], "RESOURCE_NOT_EXISTS")
    kept = booked(order)
    equal([(c["amount"], c["refunded"]) for c in kept["charges"]], [(1234, 34)])


def closed_and_bad(sdk):
    order = number()
    answer(sdk.pay(description="x", out_trade_no=order, amount={"total": 1}))
    equal(sdk.close(order)[0], 204)
    equal(answer(sdk.query(out_trade_no=order))["trade_state"], "CLOSED")
    equal(answer(sdk.pay(description="x", out_trade_no=order, amount={"total": 1}), 400)["code"], "ORDER_CLOSED")
    equal(answer(sdk.query(out_trade_no="none-such"), 404)["code"], "ORDER_NOT_EXIST")
    for bad in [
        {"out_trade_no": "short"},
        {"out_trade_no": "with space"},
        {"out_trade_no": "x" * 33},
        {"amount": {"total": 0}},
        {"amount": {"total": 1.5}},
        {"amount": {"total": 1, "currency": "USD"}},
        {"notify_url": "https://example.com/?a=b"},
        {"description": "x" * 128},
        {"time_expire": "2020-01-01T00:00:00+08:00"},
    ]:
        good = {"description": "x", "out_trade_no": number(), "amount": {"total": 1}}
        equal(answer(sdk.pay(**(good | bad)), 400)["code"], "PARAM_ERROR")


def jsapi(sdk, account):
    """The OAuth hop gives an openid, with which a payment inside WeChat is ordered."""
    back = "https://shop.example/back?shop=1"
    query = urllib.parse.urlencode({"appid": account["appid"], "redirect_uri": back, "response_type": "code",
                                    "scope": "snsapi_base", "state": "s t"})

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    browser = urllib.request.build_opener(Stay, urllib.request.ProxyHandler({}))
    hop = refused(lambda: browser.open(f"{account['base_url']}/connect/oauth2/authorize?{query}"), urllib.error.HTTPError)
    equal(hop.code, 303)
    target = urllib.parse.urlsplit(hop.headers["Location"])
    given = urllib.parse.parse_qs(target.query)
    equal((target.netloc, given["shop"], given["state"]), ("shop.example", ["1"], ["s t"]))

    def token(secret):
        ask = {"appid": account["appid"], "secret": secret, "code": given["code"][0], "grant_type": "authorization_code"}
        url = f"{account['base_url']}/sns/oauth2/access_token?{urllib.parse.urlencode(ask)}"
        return json.load(DIRECT.open(url, timeout=10))

    equal(token("wrong")["errcode"], 40125)
    openid = token(account["app_secret"])["openid"]
    equal(token(account["app_secret"])["errcode"], 40163)
    order = {"description": "x", "out_trade_no": number(), "amount": {"total": 2}, "pay_type": WeChatPayType.JSAPI}
    equal(answer(sdk.pay(**order, payer={"openid": "no openid!"}), 400)["code"], "PARAM_ERROR")
    prepay = answer(sdk.pay(**order, payer={"openid": openid}))["prepay_id"]
    now, nonce, package = str(int(time.time())), uuid.uuid4().hex, f"prepay_id={prepay}"
    call = {"appId": account["appid"], "timeStamp": now, "nonceStr": nonce, "package": package, "signType": "RSA",
            "paySign": sdk.sign([account["appid"], now, nonce, package])}
    page = f"{account['base_url']}/cashier/jsapi?"
    assert "0.02" in DIRECT.open(page + urllib.parse.urlencode(call), timeout=10).read().decode()
    bad = call | {"package": package, "nonceStr": "another"}
    equal(refused(lambda: DIRECT.open(page + urllib.parse.urlencode(bad)), urllib.error.HTTPError).code, 403)


def h5(sdk):
    """The address of an H5 payment refuses whoever hides where he comes from."""
    order = number()
    scene = {"payer_client_ip": "192.0.2.1", "h5_info": {"type": "Wap"}}
    made = {"description": "x", "out_trade_no": order, "amount": {"total": 3}, "pay_type": WeChatPayType.H5}
    equal(answer(sdk.pay(**made, scene_info={"payer_client_ip": "here"}), 400)["code"], "PARAM_ERROR")
    url = answer(sdk.pay(**made, scene_info=scene))["h5_url"]
    equal(refused(lambda: DIRECT.open(url), urllib.error.HTTPError).code, 403)
    request = urllib.request.Request(url, headers={"Referer": "https://shop.example/"})
    assert order in DIRECT.open(request, timeout=10).read().decode()


def forgeries(sdk, receiver, account, other):
    """A merchant who signs badly is refused, and a channel that signs badly is noticed."""
    order = {"description": "x", "out_trade_no": number(), "amount": {"total": 5}}
    for changes in [{"private_key": other["private_key_pem"]}, {"cert_serial_no": "1" * 40}]:
        liar = at_sandbox(account, receiver, **changes)
        equal(answer(liar.pay(**order), 401)["code"], "SIGN_ERROR")
    answer(sdk.pay(**order))
    control("faults", channel="wechat", fault="wrong_signature")
    refused(lambda: sdk.query(out_trade_no=order["out_trade_no"]))
    control("faults", channel="wechat", fault="none")
    control("payments/" + order["out_trade_no"], action="pay")
    headers, body = receiver.next()
    assert sdk.callback(headers, body)
    assert not sdk.callback(headers, body.replace(b"TRANSACTION.SUCCESS", b"TRANSACTION.SUCCES5")), "a changed body is taken"
    sealed = at_sandbox(account, receiver, apiv3_key="x" * 32)
    assert not sealed.callback(headers, body), "another key opens the seal"
    forged = control("payments/" + order["out_trade_no"], action="forge")["forged"]
    equal(len(forged), 9)
    taken = []
    for one in forged:
        try:
            good = sdk.callback(*receiver.next())
        except Exception:
            good = None
        if good:
            taken.append(one["forgery"])
    # The SDK looks neither at a notice's age nor, being one merchant's, needs to.
    equal(taken, ["a_day_old"])


def main():
    receiver = Receiver(b"")
    first, second = (merchant["wechat"] for merchant in READY["merchants"])
    equal(READY["wechat"]["mchid"], first["mchid"])
    by_key = at_sandbox(first, receiver)
    pay_query_refund(by_key, receiver, first)
    equal(answer(by_key._core.request("/v3/certificates"), 403)["code"], "NO_AUTH")
    closed_and_bad(by_key)
    jsapi(by_key, first)
    h5(by_key)
    forgeries(by_key, receiver, first, second)
    by_certificate = at_sandbox(second, receiver)
    equal(len(by_certificate._core._certificates), 1)
    pay_query_refund(by_certificate, receiver, second)
    control("rotate", channel="wechat", merchant=1, step="announce")
    signs = control("rotate", channel="wechat", merchant=1, step="switch")["signs"]
    pay_query_refund(by_certificate, receiver, second)
    known = [f"{one.serial_number:X}" for one in by_certificate._core._certificates]
    equal((len(known), signs in known), (2, True))
    print("peers: wechatpayv3 agrees")


if __name__ == "__main__":
    sys.exit(main())
