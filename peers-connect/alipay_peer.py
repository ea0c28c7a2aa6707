"""PyPI `python-alipay-sdk` as the gateway: it verifies what our client sends and signs what our client reads."""

import json
import urllib.parse

from alipay import AliPay, DCAliPay

from common import ORDER, PAYMENT, REFUND, Client, Server, check, data, done

APP_ID, SELLER = "2021000000000001", "2088000000000001"


def bare(pem):
    return "".join(line for line in pem.splitlines() if not line.startswith("-----"))


def public(name):
    from cryptography.hazmat.primitives import serialization as ser
    key = ser.load_pem_private_key(data(name).encode(), None).public_key()
    return key.public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo).decode()


# The gateway holds the channel's key and knows the merchant's; the merchant the other way round.
gateway = AliPay(appid=APP_ID, app_notify_url=None, app_private_key_string=data("channel.pem"),
                 alipay_public_key_string=public("merchant.pem"), sign_type="RSA2")
merchant = AliPay(appid=APP_ID, app_notify_url=None, app_private_key_string=data("merchant.pem"),
                  alipay_public_key_string=data("channel_public.pem"), sign_type="RSA2")
certified = DCAliPay(appid=APP_ID, app_notify_url=None, app_private_key_string=data("merchant.pem"),
                     app_public_key_cert_string=data("merchant.crt"), sign_type="RSA2",
                     alipay_public_key_cert_string=data("channel.crt"), alipay_root_cert_string=data("root.crt"))
certificate_mode = False


def is_signed(fields):
    fields = dict(fields)
    sign = fields.pop("sign")
    text = "&".join(f"{name}={value}" for name, value in sorted(fields.items()))
    numbers = (fields.get("app_cert_sn"), fields.get("alipay_root_cert_sn"))
    wanted = (certified.app_cert_sn, certified.alipay_root_cert_sn) if certificate_mode else (None, None)
    return numbers == wanted and gateway._verify(text, sign)


def answer(_, path, headers, body):
    fields = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query) + urllib.parse.parse_qsl(body))
    check(f"our signature of {fields['method']}", is_signed(fields))
    content = json.loads(fields["biz_content"])
    good = {"code": "10000", "msg": "Success", "out_trade_no": content["out_trade_no"], "trade_no": "2027011522001"}
    more = {"alipay.trade.precreate": {"qr_code": "https:\\/\\/qr.alipay.com\\/中"}, "alipay.trade.close": {},
            "alipay.trade.query": {"trade_status": "TRADE_SUCCESS", "total_amount": "19.90"},
            "alipay.trade.refund": {"fund_change": "Y", "refund_fee": "19.90"},
            "alipay.trade.fastpay.refund.query": {"out_request_no": REFUND, "refund_status": "REFUND_SUCCESS",
                                                  "refund_amount": "19.90"}}
    object_ = good | more[fields["method"]]
    if content["out_trade_no"] == "tessera_credentials_check":
        object_ = {"code": "40004", "sub_code": "ACQ.TRADE_NOT_EXIST", "sub_msg": "交易不存在"}
    raw = json.dumps(object_, ensure_ascii=False).replace("\\\\/", "\\/")
    kind = fields["method"].replace(".", "_") + "_response"
    named = f', "alipay_cert_sn":"{DCAliPay.get_cert_sn(data("channel.crt"))}"' if certificate_mode else ""
    text = f'{{"{kind}":{raw}{named}, "sign":"{gateway._sign(raw)}"}}'
    check(f"the other maker believes the answer to {fields['method']}",
          object_["code"] != "10000" or merchant._verify_and_return_sync_response(text, kind))
    return 200, {"content-type": "application/json;charset=utf-8"}, text


def notice(**more):
    fields = {"app_id": APP_ID, "notify_type": "trade_status_sync", "trade_no": "2027011522001", "out_trade_no": PAYMENT,
              "seller_id": SELLER, "trade_status": "TRADE_SUCCESS", "total_amount": "19.90", "passback_params": ORDER,
              "subject": "视频会员 + 1 个月 & more = 100%", "fund_bill_list": '[{"amount":"19.90"}]'} | more
    text = "&".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return fields | {"sign": gateway._sign(text), "sign_type": "RSA2"}


server = Server(answer)
account = {"app_id": APP_ID, "private_key": bare(data("merchant_pkcs1.pem")), "seller_id": SELLER}
modes = (({"key": bare(data("channel_public.pem"))}, False),
         ({"certificates": {"app": data("merchant.crt"), "alipay": data("channel.crt"), "root": data("root.crt")}}, True))
for verify, certificate_mode in modes:
    ours = Client({"alipay": account | {"verify": verify}}, {"alipay": f"{server.origin}/gateway.do"})
    check("precreate", ours.ask("offer", way="alipay_qr")["offer"] == {"qr": "https://qr.alipay.com/中"})
    for way in ("alipay_page", "alipay_wap"):
        url = ours.ask("offer", way=way)["offer"]["url"]
        check(way, is_signed(dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))))
    check("query", "amount: 1990" in ours.ask("query")["what"])
    check("close", ours.ask("close")["what"] == "Closed")
    check("refund", "Done" in ours.ask("refund", transaction="2027011522001")["what"])
    check("refund query", "Done" in ours.ask("refund_query")["what"])
    check("credentials", ours.ask("check")["outcome"] == "succeeded")

    fields = notice()
    plain = {name: value for name, value in fields.items() if name != "sign"}
    check("the notice is good to the other maker", merchant.verify(plain, fields["sign"]))
    check("notice", "Paid" in ours.ask("notice", body=urllib.parse.urlencode(fields))["notice"])
    forged = urllib.parse.urlencode(fields | {"total_amount": "0.01"})
    check("forged", ours.ask("notice", body=forged)["refused"] == "bad_signature")
    ours.close()
done("python-alipay-sdk")
