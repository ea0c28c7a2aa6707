// npm `alipay-sdk` and `stripe`: they verify what our client makes, and make what our client must accept.

import { spawn } from "node:child_process";
import { createSign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { AlipaySdk } from "alipay-sdk";
import Stripe from "stripe";

const root = new URL("..", import.meta.url);
const data = (name) => readFileSync(new URL(`crates/connect/testdata/${name}`, root), "utf8");
const bare = (pem) => pem.split("\n").filter((line) => !line.startsWith("-----")).join("");
const payment = `pay_${"0".repeat(25)}1`;
let passed = 0;

function check(what, holds) {
  if (!holds) {
    console.error(`channels: ${what}: does not hold`);
    process.exit(1);
  }
  passed += 1;
}

const ours = spawn(new URL("target/debug/examples/channels", root).pathname, { stdio: ["pipe", "pipe", "inherit"] });
const lines = createInterface({ input: ours.stdout })[Symbol.asyncIterator]();

async function ask(op, account, more) {
  const seconds = Math.floor(Date.now() / 1000);
  const amount = { amount: 1990, currency: "CNY" };
  ours.stdin.write(`${JSON.stringify({ op, account, seconds, payment, amount, ...more })}\n`);
  const answer = JSON.parse((await lines.next()).value);
  check(`${op}: ${answer.error}`, answer.error === undefined);
  return answer;
}

const appId = "2021000000000001";
const keyed = { app_id: appId, private_key: data("merchant.pem"), verify: { key: data("channel_public.pem") } };
const certificates = { app: data("merchant.crt"), alipay: data("channel.crt"), root: data("root.crt") };
const gateway = new AlipaySdk({ appId, privateKey: bare(data("channel.pem")), keyType: "PKCS8", alipayPublicKey: bare(publicOf("merchant.crt")) });
const merchant = new AlipaySdk({ appId, privateKey: bare(data("merchant.pem")), keyType: "PKCS8", alipayPublicKey: bare(data("channel_public.pem")) });
const certified = new AlipaySdk({
  appId,
  privateKey: bare(data("merchant.pem")),
  keyType: "PKCS8",
  appCertContent: certificates.app,
  alipayPublicCertContent: certificates.alipay,
  alipayRootCertContent: certificates.root,
});

function publicOf(certificate) {
  const sdk = new AlipaySdk({ appId, privateKey: "x", appCertContent: data(certificate), alipayPublicCertContent: data(certificate), alipayRootCertContent: data("root.crt") });
  return sdk.config.alipayPublicKey;
}

function fieldsOf(url) {
  return Object.fromEntries(new URL(url).searchParams);
}

for (const way of ["alipay_page", "alipay_wap"]) {
  const plain = fieldsOf((await ask("offer", { alipay: keyed }, { way })).offer.url);
  check(`${way} is signed`, gateway.checkNotifySignV2(plain));
  check(`${way} is signed as it is`, !gateway.checkNotifySignV2({ ...plain, timestamp: "2020-01-01 00:00:00" }));
  const more = fieldsOf((await ask("offer", { alipay: { ...keyed, verify: { certificates } } }, { way })).offer.url);
  check(`${way} in certificate mode`, gateway.checkNotifySignV2(more));
  check("app_cert_sn", more.app_cert_sn === certified.config.appCertSn);
  check("alipay_root_cert_sn", more.alipay_root_cert_sn === certified.config.alipayRootCertSn);
}

const notice = {
  app_id: appId,
  notify_type: "trade_status_sync",
  out_trade_no: payment,
  trade_no: "2027011522001",
  trade_status: "TRADE_SUCCESS",
  total_amount: "19.90",
  subject: "视频会员 + 1 个月 & more = 100%",
};
const text = Object.keys(notice).sort().map((name) => `${name}=${notice[name]}`).join("&");
const sign = createSign("RSA-SHA256").update(text).sign(data("channel.pem"), "base64");
const signed = { ...notice, sign, sign_type: "RSA2" };
check("the notice is good to the other maker", merchant.checkNotifySignV2({ ...signed }));
const read = await ask("notice", { alipay: keyed }, { body: new URLSearchParams(signed).toString() });
check("notice", read.notice?.includes("Paid"));

const secret = "whsec_0123456789";
const account = { stripe: { secret_key: "sk_test_0123456789", webhook_secret: secret } };
const stripe = new Stripe("sk_test_0123456789");
const session = {
  id: "cs_test_1",
  status: "complete",
  payment_status: "paid",
  payment_intent: "pi_1",
  amount_total: 1990,
  currency: "usd",
  metadata: { tessera_payment: payment },
};
const payload = JSON.stringify({ id: "evt_1", object: "event", type: "checkout.session.completed", livemode: false, data: { object: session } });
const header = stripe.webhooks.generateTestHeaderString({ payload, secret });
check("the webhook is good to the other maker", stripe.webhooks.constructEvent(payload, header, secret).id === "evt_1");
check("webhook", (await ask("notice", account, { headers: { "Stripe-Signature": header }, body: payload })).notice?.includes("pi_1"));
const old = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(Date.now() / 1000) - 301 });
check("old", (await ask("notice", account, { headers: { "Stripe-Signature": old }, body: payload })).refused === "stale");
const other = stripe.webhooks.generateTestHeaderString({ payload, secret: "whsec_other" });
check("other", (await ask("notice", account, { headers: { "Stripe-Signature": other }, body: payload })).refused === "bad_signature");

ours.stdin.end();
console.log(`channels: alipay-sdk and stripe of npm: ${passed} passed`);
