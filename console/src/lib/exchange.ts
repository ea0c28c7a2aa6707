/** What was said to a payment channel and what it said, told by what it means. */

export interface Exchange {
  at: string;
  method: string;
  path: string;
  request: string;
  status?: number | null;
  answer: string;
}

export type Meaning =
  | "offer"
  | "query"
  | "close"
  | "refund"
  | "refundQuery"
  | "certificates"
  | "openid"
  | "noticePaid"
  | "noticeRefund"
  | "noticeRefundFailed"
  | "notice"
  | "other";

/** By which part of a request its meaning is known; the first that fits. */
const BY_PATH: [RegExp, Meaning][] = [
  [/method=alipay\.trade\.(precreate|page\.pay|wap\.pay)\b/, "offer"],
  [/method=alipay\.trade\.query\b/, "query"],
  [/method=alipay\.trade\.(close|cancel)\b/, "close"],
  [/method=alipay\.trade\.fastpay\.refund\.query\b/, "refundQuery"],
  [/method=alipay\.trade\.refund\b/, "refund"],
  [/^POST \/v3\/pay\/transactions\/(native|jsapi|h5)$/, "offer"],
  [/^POST \/v3\/.*\/close$/, "close"],
  [/^GET \/v3\/pay\/transactions\//, "query"],
  [/^POST \/v3\/refund\/domestic\/refunds$/, "refund"],
  [/^GET \/v3\/refund\//, "refundQuery"],
  [/^GET \/v3\/certificates/, "certificates"],
  [/^GET \/sns\/oauth2\//, "openid"],
  [/^POST \/v1\/checkout\/sessions\/[^/]+\/expire$/, "close"],
  [/^POST \/v1\/payment_intents\/[^/]+\/cancel$/, "close"],
  [/^POST \/v1\/(checkout\/sessions|payment_intents)$/, "offer"],
  [/^GET \/v1\/(checkout\/sessions|payment_intents)\//, "query"],
  [/^POST \/v1\/refunds$/, "refund"],
  [/^GET \/v1\/refunds/, "refundQuery"],
];

export function meaningOf({ method, path, request }: Exchange): Meaning {
  if (method === "NOTICE") {
    if (/REFUND\.(ABNORMAL|CLOSED)|"type":"refund\.failed"/.test(request)) return "noticeRefundFailed";
    if (/REFUND\.|refund_fee=|"type":"(charge\.)?refund\./.test(request)) return "noticeRefund";
    const paid = /TRANSACTION\.SUCCESS|TRADE_(SUCCESS|FINISHED)|payment_intent\.succeeded|"payment_status":"paid"/;
    return paid.test(request) ? "noticePaid" : "notice";
  }
  const asked = `${method} ${path}`;
  return BY_PATH.find(([form]) => form.test(asked))?.[1] ?? "other";
}

/** How it went: the channel did it, it said no, or nobody knows. */
export function fateOf(one: Exchange): "taken" | "done" | "refused" | "silent" {
  if (one.method === "NOTICE") return one.answer === "taken" ? "taken" : "refused";
  if (typeof one.status !== "number" || one.status >= 500) return "silent";
  return one.status >= 400 || codeOf(one) ? "refused" : "done";
}

/** The channel's code where it said no: Alipay says it in a body that was answered with 200. */
export function codeOf({ answer }: Exchange): string | undefined {
  const told = parsed(answer);
  if (!told) return undefined;
  const inner = Object.entries(told).find(([name]) => name.endsWith("_response"))?.[1];
  const { code, sub_code, error } = (isObject(inner) ? inner : told) as Record<string, unknown>;
  if (isObject(error)) return text(error.decline_code) ?? text(error.code) ?? text(error.type);
  return code === "10000" ? undefined : (text(sub_code) ?? text(code));
}

/** Channels that were asked too early say that there is nothing yet: nobody scanned, nothing went wrong. */
export const isWaiting = (one: Exchange): boolean =>
  /^(ACQ\.TRADE_NOT_EXIST|ORDER_?NOT_?EXIST|RESOURCE_NOT_EXISTS)$/.test(codeOf(one) ?? "");

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A body as people read it: JSON with a member a line, a form with a field a line, both without their escapes. */
export function readable(body: string): string {
  const told = parsed(body);
  if (told) return JSON.stringify(told, null, 2);
  if (!/^[\w.[\]%-]+=/.test(body)) return body;
  return [...new URLSearchParams(body)].map(([name, value]) => `${name}: ${nested(value)}`).join("\n");
}

const nested = (value: string): string => {
  const told = parsed(value);
  return told ? JSON.stringify(told, null, 2) : value;
};

/** Only the path; what stands behind `?` is told by the meaning, and by the request. */
export const shortPath = (path: string): string => {
  const method = /[?&]method=([\w.]+)/.exec(path)?.[1];
  return method ?? path.split("?")[0] ?? path;
};
