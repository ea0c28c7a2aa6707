"""Alipay: PyPI python-alipay-sdk as the merchant, with keys and with certificates."""

import sys
import urllib.parse
import uuid

from alipay import AliPay, DCAliPay
from alipay.exceptions import AliPayException, AliPayValidationError
from receiver import DIRECT, READY, Receiver, booked, control, equal, refused


def at_sandbox(account, receiver):
    common = {"appid": account["app_id"], "app_notify_url": receiver.url, "app_private_key_string": account["private_key_pem"]}
    if "app_cert_pem" in account:
        sdk = DCAliPay(**common, app_public_key_cert_string=account["app_cert_pem"],
                       alipay_public_key_cert_string=account["alipay_cert_pem"],
                       alipay_root_cert_string=account["alipay_root_cert_pem"])
        equal(sdk.app_cert_sn, account["app_cert_sn"])
        equal(sdk.alipay_root_cert_sn, account["alipay_root_cert_sn"])
        equal(sdk.get_cert_sn(account["alipay_cert_pem"]), account["alipay_cert_sn"])
    else:
        sdk = AliPay(**common, alipay_public_key_string=account["alipay_public_key_pem"])
    sdk._gateway = account["gateway"]
    return sdk


def verified(sdk, fields):
    """Whether the SDK verifies a notice's fields."""
    unsigned = dict(fields)
    signature = unsigned.pop("sign", None)
    try:
        return signature is not None and sdk.verify(unsigned, signature)
    except AliPayException:
        return False


def opened(sdk, notice):
    """A notice's fields, if the SDK verifies them."""
    fields = dict(urllib.parse.parse_qsl(notice[1].decode()))
    assert verified(sdk, fields), "the SDK refuses the notice"
    assert not verified(sdk, fields | {"total_amount": "0.01"}), "a changed amount is taken"
    return fields


def pay_query_refund(sdk, receiver, account):
    order = "peer" + uuid.uuid4().hex
    made = sdk.api_alipay_trade_precreate(subject="季卡 Quarter", out_trade_no=order, total_amount="88.80")
    equal(made["code"], "10000")
    equal(sdk.api_alipay_trade_query(out_trade_no=order)["sub_code"], "ACQ.TRADE_NOT_EXIST")
    equal(sdk.api_alipay_trade_close(out_trade_no=order)["sub_code"], "ACQ.TRADE_NOT_EXIST")
    assert "88.80" in DIRECT.open(made["qr_code"], timeout=10).read().decode()
    waiting = sdk.api_alipay_trade_query(out_trade_no=order)
    equal((waiting["trade_status"], waiting["total_amount"]), ("WAIT_BUYER_PAY", "88.80"))

    control(f"payments/{order}", action="pay_with_coupon", coupon=880)
    fields = opened(sdk, receiver.next())
    equal((fields["trade_status"], fields["total_amount"], fields["buyer_pay_amount"]), ("TRADE_SUCCESS", "88.80", "80.00"))
    equal((fields["out_trade_no"], fields["app_id"], fields["seller_id"]), (order, account["app_id"], account["seller_id"]))
    equal(sdk.api_alipay_trade_query(trade_no=fields["trade_no"])["trade_status"], "TRADE_SUCCESS")
    equal(sdk.api_alipay_trade_close(out_trade_no=order)["sub_code"], "ACQ.TRADE_STATUS_ERROR")

    part = sdk.api_alipay_trade_refund(refund_amount="8.80", out_trade_no=order, out_request_no="one")
    equal((part["code"], part["fund_change"], part["refund_fee"]), ("10000", "Y", "8.80"))
    again = sdk.api_alipay_trade_refund(refund_amount="8.80", out_trade_no=order, out_request_no="one")
    equal((again["fund_change"], again["refund_fee"]), ("N", "8.80"))
    other = sdk.api_alipay_trade_refund(refund_amount="8.81", out_trade_no=order, out_request_no="one")
    equal(other["sub_code"], "ACQ.DISCORDANT_REPEAT_REQUEST")
    more = sdk.api_alipay_trade_refund(refund_amount="80.01", out_trade_no=order, out_request_no="two")
    equal(more["sub_code"], "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
    fields = opened(sdk, receiver.next())
    equal((fields["trade_status"], fields["refund_fee"], fields["out_biz_no"]), ("TRADE_SUCCESS", "8.80", "one"))
    known = sdk.api_alipay_trade_fastpay_refund_query("one", out_trade_no=order)
    equal((known["refund_status"], known["refund_amount"]), ("REFUND_SUCCESS", "8.80"))
    assert "refund_status" not in sdk.api_alipay_trade_fastpay_refund_query("none", out_trade_no=order)
    equal(sdk.api_alipay_trade_refund(refund_amount="80.00", out_trade_no=order, out_request_no="two")["code"], "10000")
    equal(opened(sdk, receiver.next())["trade_status"], "TRADE_CLOSED")
    equal([(c["amount"], c["refunded"]) for c in booked(order)["charges"]], [(8880, 8880)])


def pages(sdk, account, receiver):
    """Pages lead to the cashier, and back with signed parameters."""
    for name in ["page", "wap"]:
        order = "peer" + uuid.uuid4().hex
        make = getattr(sdk, f"api_alipay_trade_{name}_pay")
        query = make("subject", order, "1.00", return_url="https://shop.example/back?a=1")
        page = DIRECT.open(f"{account['gateway']}?{query}", timeout=10)
        assert "/cashier/" in page.url and "1.00" in page.read().decode()
        control(f"payments/{order}", action="pay")
        equal(opened(sdk, receiver.next())["total_amount"], "1.00")
        text = DIRECT.open(page.url, timeout=10).read().decode()
        back = text.split('href="https://shop.example/back?a=1')[1].split('"')[0].replace("&#38;", "&").replace("&amp;", "&")
        fields = dict(urllib.parse.parse_qsl(back))
        equal((fields["out_trade_no"], fields["total_amount"]), (order, "1.00"))
        assert verified(sdk, fields), "the SDK refuses the way back"
    tampered = query.replace("1.00", "0.01")
    equal(refused(lambda: DIRECT.open(f"{account['gateway']}?{tampered}"), urllib.error.HTTPError).code, 400)


def refusals(account, receiver, other):
    liar = at_sandbox(account | {"private_key_pem": other["private_key_pem"]}, receiver)
    equal(liar.api_alipay_trade_query(out_trade_no="x")["sub_code"], "isv.invalid-signature")
    stranger = at_sandbox(account | {"app_id": "2021000000000000"}, receiver)
    assert "isv.invalid-app-id" in str(refused(lambda: stranger.api_alipay_trade_query(out_trade_no="x"), AliPayException))
    sdk = at_sandbox(account, receiver)
    control("faults", channel="alipay", fault="wrong_signature")
    refused(lambda: sdk.api_alipay_trade_query(out_trade_no="x"), AliPayValidationError)
    control("faults", channel="alipay", fault="none")
    order = "peer" + uuid.uuid4().hex
    sdk.api_alipay_trade_precreate(subject="x", out_trade_no=order, total_amount="1.00")
    for one in control(f"payments/{order}", action="forge")["forged"]:
        fields = dict(urllib.parse.parse_qsl(receiver.next()[1].decode()))
        good = verified(sdk, fields)
        # Whose notice it is is not the SDK's to judge.
        equal((one["forgery"], good), (one["forgery"], one["forgery"] == "other_application"))


def main():
    receiver = Receiver(b"success")
    first, second = (merchant["alipay"] for merchant in READY["merchants"])
    by_key = at_sandbox(first, receiver)
    pay_query_refund(by_key, receiver, first)
    pages(by_key, first, receiver)
    refusals(first, receiver, second)
    by_certificate = at_sandbox(second, receiver)
    pay_query_refund(by_certificate, receiver, second)
    refusals(second, receiver, first)
    uncertified = at_sandbox({name: value for name, value in second.items() if "cert" not in name}, receiver)
    equal(uncertified.api_alipay_trade_query(out_trade_no="x")["sub_code"], "isv.missing-app-cert-sn")
    print("peers: python-alipay-sdk agrees")


if __name__ == "__main__":
    sys.exit(main())
