"""PyPI `wechatpayv3` as the channel: it verifies what our client sends, and signs and seals what our client reads."""

import base64
import json
import re
import time

from cryptography import x509
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from wechatpayv3 import SignType, WeChatPay, WeChatPayType, utils

from common import ORDER, PAYMENT, REFUND, Client, Server, check, data, done

APPID, MCHID, KEY = "wx0123456789abcdef", "1900000001", "0123456789abcdef0123456789ABCDEF"
MERCHANT_SERIAL, PUBLIC_ID = "4E2E00000000000000000000000000000000000A", "PUB_KEY_ID_0119000000012027010100000000000001"
NONCE = "abcdefghijkl"
merchant_key = utils.load_private_key(data("merchant.pem"))
channel_key = utils.load_private_key(data("channel.pem"))


def peer(gateway):
    """The merchant's side as the other maker wrote it."""
    made = WeChatPay(wechatpay_type=WeChatPayType.NATIVE, mchid=MCHID, private_key=data("merchant.pem"),
                     cert_serial_no=MERCHANT_SERIAL, apiv3_key=KEY, appid=APPID, notify_url="https://pay.example/n",
                     public_key=data("channel_public.pem"), public_key_id=PUBLIC_ID)
    made._core._gate_way = gateway
    return made


def seal(text, associated):
    sealed = AESGCM(KEY.encode()).encrypt(NONCE.encode(), text.encode(), associated.encode())
    return {"algorithm": "AEAD_AES_256_GCM", "nonce": NONCE, "associated_data": associated,
            "ciphertext": base64.b64encode(sealed).decode()}


def signed(body, serial=PUBLIC_ID):
    at, nonce = str(int(time.time())), "593BEC0C930BF1AFEB40B4A08C8FB242"
    return {"Wechatpay-Timestamp": at, "Wechatpay-Nonce": nonce, "Wechatpay-Serial": serial,
            "Wechatpay-Signature": utils.rsa_sign(channel_key, f"{at}\n{nonce}\n{body}\n"),
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048", "Content-Type": "application/json"}


def is_signed(method, path, authorization, body):
    """Whether the other maker's functions verify a request, and would have made the very same signature."""
    part = dict(re.findall(r'(\w+)="([^"]*)"', authorization))
    front = f"{method}\n{path}\n{part['timestamp']}"
    if not utils.rsa_verify(front, part["nonce_str"], body, part["signature"], merchant_key.public_key()):
        return False
    real, utils.time.time = utils.time.time, lambda: int(part["timestamp"])
    try:
        again = utils.build_authorization(path, method, MCHID, MERCHANT_SERIAL, merchant_key, body, part["nonce_str"])
    finally:
        utils.time.time = real
    return dict(re.findall(r'(\w+)="([^"]*)"', again)) == part


transaction = {"appid": APPID, "mchid": MCHID, "out_trade_no": PAYMENT, "transaction_id": "4200000001",
               "trade_state": "SUCCESS", "attach": ORDER, "amount": {"total": 1990, "payer_total": 1, "currency": "CNY"}}
refund = {"refund_id": "5000000001", "out_refund_no": REFUND, "status": "PROCESSING",
          "amount": {"refund": 1990, "total": 1990, "currency": "CNY"}}
certificates = {format(x509.load_pem_x509_certificate(data(f).encode()).serial_number, "X"): data(f)
                for f in ("channel.crt", "next.crt")}


def listed():
    times = {"effective_time": "2020-01-01T08:00:00+08:00", "expire_time": "2099-01-01T08:00:00+08:00"}
    return {"data": [{"serial_no": serial, "encrypt_certificate": seal(text, "certificate")} | times
                     for serial, text in certificates.items()]}


signs_with = PUBLIC_ID


def answer(method, path, headers, body):
    check(f"our signature of {method} {path}", is_signed(method, path, headers["authorization"], body))
    bodies = {"/v3/pay/transactions/native": {"code_url": "weixin://wxpay/x"},
              "/v3/pay/transactions/jsapi": {"prepay_id": "wx1"}, "/v3/pay/transactions/h5": {"h5_url": "https://h5"},
              "/v3/refund/domestic/refunds": refund, f"/v3/refund/domestic/refunds/{REFUND}": refund,
              "/v3/certificates": listed()}
    if path.endswith("/close"):
        return 204, signed("", signs_with), ""
    if "tessera_credentials_check" in path:
        text = json.dumps({"code": "ORDER_NOT_EXIST", "message": "订单不存在"}, ensure_ascii=False)
        return 404, signed(text, signs_with), text
    text = json.dumps(bodies.get(path, transaction), ensure_ascii=False)
    return 200, signed(text, signs_with), text


account = {"appid": APPID, "mchid": MCHID, "serial_no": MERCHANT_SERIAL, "private_key": data("merchant_pkcs1.pem"),
           "api_v3_key": KEY, "verify": {"public_keys": [{"id": PUBLIC_ID, "pem": data("channel_public.pem")}]}}
server = Server(answer)
gateways = {name: server.origin for name in ("wechat", "wechat_open", "wechat_api")}
ours = Client({"wechat": account}, gateways)
theirs = peer(server.origin)

check("native", ours.ask("offer", way="wechat_native")["offer"] == {"qr": "weixin://wxpay/x"})
check("h5", ours.ask("offer", way="wechat_h5", detail="192.0.2.1")["offer"]["url"].startswith("https://h5"))
jsapi = ours.ask("offer", way="wechat_jsapi", detail="oUpF8")["offer"]["jsapi"]
same = theirs.sign([jsapi["appId"], jsapi["timeStamp"], jsapi["nonceStr"], jsapi["package"]], SignType.RSA_SHA256)
check("paySign", jsapi["paySign"] == same)
check("query", "Paid(Paid { number: \"4200000001\"" in ours.ask("query")["what"])
check("close", ours.ask("close")["what"] == "Closed")
check("refund", "Processing" in ours.ask("refund", transaction="4200000001")["what"])
check("refund query", "Processing" in ours.ask("refund_query")["what"])
check("credentials", ours.ask("check")["outcome"] == "succeeded")
code, _ = theirs.query(out_trade_no=PAYMENT)
check("the other maker's client believes the same server", code == 200)

for event, kind, resource in (("TRANSACTION.SUCCESS", "transaction", transaction),
                              ("REFUND.SUCCESS", "refund", refund | {"mchid": MCHID, "refund_status": "SUCCESS"})):
    resource = {k: v for k, v in resource.items() if k != "status"}
    body = json.dumps({"id": "1", "event_type": event, "resource_type": "encrypt-resource",
                       "resource": seal(json.dumps(resource), kind)})
    headers = signed(body)
    check(f"{event} is good to the other maker", theirs.callback(headers, body)["resource"] == resource)
    check(event, "notice" in ours.ask("notice", headers=headers, body=body))
    for name in ("Wechatpay-Timestamp", "Wechatpay-Nonce"):
        forged = headers | {name: headers[name][:-1] + ("1" if headers[name][-1] != "1" else "2")}
        check(f"{name} is covered, by both", not theirs.callback(forged, body)
              and ours.ask("notice", headers=forged, body=body)["refused"] == "bad_signature")
ours.close()

signs_with = next(iter(certificates))
ours = Client({"wechat": account | {"verify": "certificates"}}, gateways)
check("certificate mode", "Paid" in ours.ask("query")["what"])
theirs._core._update_certificates()
check("the other maker reads the same certificates", len(theirs._core._certificates) == 2)
ours.close()
done("wechatpayv3")
