import { expect, test } from "vitest";
import { codeOf, type Exchange, fateOf, isWaiting, meaningOf, readable, shortPath } from "./exchange";

const one = (method: string, path: string, more: Partial<Exchange> = {}): Exchange => ({
  at: "2026-11-30T09:16:09Z",
  method,
  path,
  request: "",
  status: 200,
  answer: "{}",
  ...more,
});

test.each([
  ["POST", "/v3/pay/transactions/native", "offer"],
  ["GET", "/v3/pay/transactions/out-trade-no/pay_1?mchid=1", "query"],
  ["POST", "/v3/pay/transactions/out-trade-no/pay_1/close", "close"],
  ["POST", "/v3/refund/domestic/refunds", "refund"],
  ["GET", "/v3/refund/domestic/refunds/rfd_1", "refundQuery"],
  ["GET", "/v3/certificates", "certificates"],
  ["GET", "/sns/oauth2/access_token?appid=wx1", "openid"],
  ["POST", "/gateway.do?app_id=2021&method=alipay.trade.precreate&sign=***", "offer"],
  ["POST", "/gateway.do?method=alipay.trade.query", "query"],
  ["POST", "/gateway.do?method=alipay.trade.close", "close"],
  ["POST", "/gateway.do?method=alipay.trade.refund", "refund"],
  ["POST", "/gateway.do?method=alipay.trade.fastpay.refund.query", "refundQuery"],
  ["POST", "/v1/checkout/sessions", "offer"],
  ["GET", "/v1/checkout/sessions/cs_test_1", "query"],
  ["POST", "/v1/checkout/sessions/cs_test_1/expire", "close"],
  ["POST", "/v1/refunds", "refund"],
  ["GET", "/v1/refunds?payment_intent=pi_1", "refundQuery"],
  ["POST", "/v9/unheard", "other"],
])("%s %s is told as %s", (method, path, meaning) => expect(meaningOf(one(method, path))).toBe(meaning));

test.each([
  ['{"event_type":"TRANSACTION.SUCCESS"}', "noticePaid"],
  ['{"event_type":"REFUND.SUCCESS"}', "noticeRefund"],
  ['{"event_type":"REFUND.ABNORMAL"}', "noticeRefundFailed"],
  ["out_trade_no=pay_1&trade_status=TRADE_SUCCESS", "noticePaid"],
  ["out_trade_no=pay_1&refund_fee=1.00&trade_status=TRADE_SUCCESS", "noticeRefund"],
  ['{"type":"payment_intent.succeeded"}', "noticePaid"],
  ['{"type":"refund.updated"}', "noticeRefund"],
  ["trade_status=TRADE_CLOSED", "notice"],
])("a notice that says %s is told as %s", (request, meaning) =>
  expect(meaningOf(one("NOTICE", "/notify/x/pac_1", { request }))).toBe(meaning),
);

test("no answer is nobody's knowledge, and a refusal is told by the channel's own code", () => {
  expect(fateOf(one("POST", "/v1/refunds"))).toBe("done");
  expect(fateOf(one("POST", "/v1/refunds", { status: null, answer: "timed out" }))).toBe("silent");
  expect(fateOf(one("POST", "/v1/refunds", { status: 503, answer: "" }))).toBe("silent");
  expect(fateOf(one("NOTICE", "/notify/x", { status: null, answer: "taken" }))).toBe("taken");
  const wechat = one("POST", "/v3/x", { status: 403, answer: '{"code":"NOT_ENOUGH","message":"余额不足"}' });
  expect([fateOf(wechat), codeOf(wechat)]).toEqual(["refused", "NOT_ENOUGH"]);
  const alipay = (inner: string) => one("POST", "/gateway.do", { answer: `{"alipay_trade_query_response":${inner}}` });
  expect(fateOf(alipay('{"code":"10000","msg":"Success"}'))).toBe("done");
  const missing = alipay('{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"}');
  expect([fateOf(missing), codeOf(missing)]).toEqual(["refused", "ACQ.TRADE_NOT_EXIST"]);
  expect([isWaiting(missing), isWaiting(wechat)]).toEqual([true, false]);
  const stripe = one("POST", "/v1/refunds", { status: 402, answer: '{"error":{"code":"charge_already_refunded"}}' });
  expect(codeOf(stripe)).toBe("charge_already_refunded");
});

test("bodies are read without their escapes, and what is neither stays", () => {
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readable("biz_content=%7B%22a%22%3A%22%E6%98%9F%22%7D&b=1+2")).toBe('biz_content: {\n  "a": "星"\n}\nb: 1 2');
  expect(readable("timed out = no")).toBe("timed out = no");
  expect(shortPath("/gateway.do?app_id=1&method=alipay.trade.query")).toBe("alipay.trade.query");
  expect(shortPath("/v1/refunds?limit=1")).toBe("/v1/refunds");
});
