// Alipay: npm alipay-sdk as the merchant, with keys and with certificates.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import { Receiver, control, ready } from './receiver.mjs';

const number = () => `peer${randomUUID().replaceAll('-', '')}`;

function atSandbox(account, changes = {}) {
  const certificates = account.app_cert_pem && {
    appCertContent: account.app_cert_pem,
    alipayPublicCertContent: account.alipay_cert_pem,
    alipayRootCertContent: account.alipay_root_cert_pem,
  };
  const sdk = new AlipaySdk({
    appId: account.app_id,
    gateway: account.gateway,
    keyType: 'PKCS8',
    privateKey: account.private_key_pem,
    ...(certificates ?? { alipayPublicKey: account.alipay_public_key_pem }),
    ...changes,
  });
  if (certificates) {
    assert.equal(sdk.config.appCertSn, account.app_cert_sn);
    assert.equal(sdk.config.alipayRootCertSn, account.alipay_root_cert_sn);
    assert.equal(sdk.config.alipayCertSn, account.alipay_cert_sn);
  }
  return sdk;
}

async function opened(sdk, receiver) {
  const { body } = await receiver.next();
  const fields = Object.fromEntries(new URLSearchParams(body));
  assert.ok(sdk.checkNotifySignV2(fields), 'the SDK refuses the notice');
  assert.ok(!sdk.checkNotifySignV2({ ...fields, total_amount: '0.01' }), 'a changed amount is taken');
  return fields;
}

async function payQueryRefund(account, receiver) {
  const sdk = atSandbox(account);
  const call = (method, bizContent) =>
    sdk.exec(`alipay.trade.${method}`, { notify_url: receiver.url, bizContent }, { validateSign: true });
  const order = number();
  const made = await call('precreate', { out_trade_no: order, total_amount: '12.34', subject: '月卡' });
  assert.equal(made.code, '10000');
  assert.equal((await call('query', { out_trade_no: order })).subCode, 'ACQ.TRADE_NOT_EXIST');
  assert.match(await (await fetch(made.qrCode)).text(), /12\.34/);
  assert.equal((await call('query', { out_trade_no: order })).tradeStatus, 'WAIT_BUYER_PAY');
  await control(`payments/${order}`, { action: 'pay' });
  const fields = await opened(sdk, receiver);
  assert.deepEqual([fields.trade_status, fields.total_amount], ['TRADE_SUCCESS', '12.34']);
  const refund = { out_trade_no: order, refund_amount: '2.34', out_request_no: 'one' };
  assert.equal((await call('refund', refund)).fundChange, 'Y');
  assert.equal((await opened(sdk, receiver)).refund_fee, '2.34');
  const known = await call('fastpay.refund.query', { out_trade_no: order, out_request_no: 'one' });
  assert.deepEqual([known.refundStatus, known.refundAmount], ['REFUND_SUCCESS', '2.34']);

  const closed = number();
  const other = await call('precreate', { out_trade_no: closed, total_amount: '1.00', subject: 'x' });
  await fetch(other.qrCode);
  assert.equal((await call('close', { out_trade_no: closed })).code, '10000');
  assert.equal((await opened(sdk, receiver)).trade_status, 'TRADE_CLOSED');
  assert.equal((await call('query', { out_trade_no: closed })).tradeStatus, 'TRADE_CLOSED');

  const page = number();
  const bizContent = { out_trade_no: page, total_amount: '3.00', subject: 'x', product_code: 'FAST_INSTANT_TRADE_PAY' };
  const url = sdk.pageExecute('alipay.trade.page.pay', 'GET', { bizContent, notify_url: receiver.url });
  assert.match(await (await fetch(url)).text(), /3\.00/);
  await control(`payments/${page}`, { action: 'underpay' });
  assert.equal((await opened(sdk, receiver)).total_amount, '1.50');
}

async function refusals(account, other) {
  const query = (sdk) => sdk.exec('alipay.trade.query', { bizContent: { out_trade_no: 'x' } }, { validateSign: true });
  const liar = atSandbox(account, { privateKey: other.private_key_pem });
  assert.equal((await query(liar)).subCode, 'isv.invalid-signature');
  await control('faults', { channel: 'alipay', fault: 'wrong_signature' });
  await assert.rejects(query(atSandbox(account)), /验签失败/);
  await control('faults', { channel: 'alipay', fault: '500' });
  await assert.rejects(query(atSandbox(account)), /500/);
  await control('faults', { channel: 'alipay', fault: 'none' });
}

const receiver = await Receiver.start('success');
const [first, second] = ready.merchants.map((merchant) => merchant.alipay);
await payQueryRefund(first, receiver);
await payQueryRefund(second, receiver);
await refusals(first, second);
receiver.close();
console.log('peers: alipay-sdk agrees');
