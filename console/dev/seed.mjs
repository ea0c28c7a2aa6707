// Fills a running demo with what pictures want to show, by calls of the API: wallets, orders in every state, refunds,
// imports with questions and doubts. Nothing is invented that the program didn't do.

/** Acts of somebody who is signed in; each may be answered by 202, because it waits for a second person. */
async function person(url, email) {
  const post = (path, body, headers) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const entered = await post("/console/demo", { email });
  const cookie = entered.headers
    .getSetCookie()
    .map(one => one.split(";")[0])
    .join("; ");
  const { csrf } = await entered.json();
  return async (path, body) => {
    const headers = { cookie, "x-csrf-token": csrf, "idempotency-key": crypto.randomUUID() };
    const answer = await post(path, body, headers);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
}

/** Acts that wait for a second person: one that does, one that was approved, one that was refused. */
async function held(url, order) {
  const finance = await person(url, "finance@galaxy.example");
  const owner = await person(url, "owner@galaxy.example");
  const credit = amount => ({ buyer: { external_id: "wx-lin-2208" }, amount: { amount, currency: "CNY" } });
  const refused = (await finance("/v1/wallet-credits", credit(5_000_000))).approval.id;
  await owner(`/v1/approvals/${refused}/refuse`, { reason: "先补合同" });
  const approved = (await finance("/v1/wallet-credits", credit(1_200_000))).approval.id;
  await owner(`/v1/approvals/${approved}/approve`, {});
  const body = { reason: "团购取消", lines: [{ line: 1, quantity: 1 }], override: true };
  const open = (await finance(`/v1/orders/${order}/refunds`, body)).approval.id;
  return { open, approved, refused };
}

/** Payments through channels: one that waits, one that was paid, one whose refund the channel could not hand over. */
async function throughChannels(call, order, sandbox) {
  const control = async (path, body) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${sandbox}/control/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  const until = async (path, state) => {
    while ((await call(path)).state !== state) await new Promise(done => setTimeout(done, 100));
  };
  const begun = async (method, paid) => {
    const placed = await order("app-7731", [[5, 1]], { channel: "h5" });
    const payment = await call(`/v1/orders/${placed.id}/payments`, { method });
    if (paid) {
      await control(`payments/${payment.id}`, { action: "pay" });
      await until(`/v1/payments/${payment.id}`, "succeeded");
    }
    return payment;
  };
  const paid = await begun("wechat_native", true);
  await control("faults", { channel: "wechat", fault: "refund_abnormal" });
  const body = { reason: "买家的卡注销了", lines: [{ line: 1, quantity: 1 }], override: true };
  const stuck = await call(`/v1/orders/${paid.order}/refunds`, body);
  await until(`/v1/refunds/${stuck.id}`, "failed");
  await control("faults", { channel: "wechat", fault: "none" });
  const offered = await begun("alipay_qr");
  const stripe = await begun("stripe", true);
  const { data } = await call("/v1/payment-accounts");
  const accounts = Object.fromEntries(data.map(one => [one.channel, one.id]));
  return { stuck: stuck.id, through: paid.id, offered: offered.id, stripe: stripe.id, accounts };
}

/** Bank transfers: one that waits, one that waits for a second person, one that was too little and goes back by hand. */
async function byTransfer(call, order, url) {
  const details = "招商银行上海分行营业部\n6214 8500 0000 0000\n上海星河数娱科技有限公司";
  await call("/v1/offline_transfer", { enabled: true, details, hours: 72 }, "application/json", "PATCH");
  const begun = async () => {
    const placed = await order("app-7731", [[5, 1]], { channel: "h5" });
    return call(`/v1/orders/${placed.id}/payments`, { method: "offline" });
  };
  const [waits, held, short, over] = [await begun(), await begun(), await begun(), await begun()];
  await call(`/v1/orders/${over.order}/cancel`, {});
  const finance = await person(url, "finance@galaxy.example");
  const confirm = (payment, reference, amount) =>
    finance(`/v1/payments/${payment.id}/confirm`, { reference, amount: { amount, currency: "CNY" } });
  await confirm(held, "CMB202611290088", 1_500_000);
  await confirm(short, "CMB202611290071", short.amount.amount - 100);
  const { data } = await call(`/v1/refunds?payment=${short.id}`);
  return { waits: waits.id, held: held.id, short: short.id, over: over.id, back: data[0].id };
}

/** A course on a netdisk that two buyers hold, in its third version; gives its SKU. */
async function sharedIn(call) {
  const price = { amount: 6800, currency: "CNY" };
  const skus = [{ kind: "content", name: "全套视频", price, en: { name: "All lessons" } }];
  const made = await call("/v1/products", { name: "手冲咖啡课", en: { name: "Pour-over coffee course" }, skus });
  const sku = made.skus[0].id;
  const path = `/v1/skus/${sku}/content/versions`;
  const link = n => `链接 https://pan.example/s/coffee-${n} 提取码 7rt${n}`;
  await call(path, { text: link(1) });
  for (const buyer of ["wx-lin-2208", "app-7731"]) {
    await call("/v1/wallet-credits", { buyer: { external_id: buyer }, amount: price });
    await call("/v1/orders", { sku, quantity: 1, buyer: { external_id: buyer }, pay: { method: "wallet" } });
  }
  await call(path, { text: link(2), note: "补上第 12 课" });
  await call(path, { text: link(3), note: "换成不会过期的链接" });
  return sku;
}

/** Vouchers that were sold and made, and what was redeemed of them in two stores: one was taken back. */
async function vouchersIn(call, order, { stores, merchants }) {
  const yuan = amount => ({ amount, currency: "CNY" });
  const skus = merchants[0].skus.map((sku, place) => ({ ...sku, place })).filter(({ kind }) => kind === "voucher");
  const [films, money] = skus;
  const [here, there] = stores.filter(({ merchant }) => merchant === merchants[0].id);
  const paid = { pay: { method: "wallet" }, channel: "api", input: {} };
  const buyer = "wx-zhou-3306";
  await call("/v1/wallet-credits", { buyer: { external_id: buyer }, amount: yuan(60_000) });
  const lines = [
    [films.place, 2],
    [money.place, 1],
  ];
  const bought = await order(buyer, lines, paid);
  const [first, second, third] = bought.deliveries.map(({ voucher }) => voucher);
  const use = (voucher, more) => call("/v1/redemptions", { code: voucher.code, ...more });
  await use(first, { uses: 1, store: here.id });
  const wrong = await use(first, { uses: 2, store: there.id });
  await call(`/v1/redemptions/${wrong.id}/reverse`, { reason: "点错了次数" });
  await use(first, { uses: 1, store: here.id });
  await use(second, { uses: 3, store: here.id });
  await use(third, { amount: yuan(3_550), store: here.id });
  await use(third, { amount: yuan(1_200), store: there.id });
  await call("/v1/vouchers", { sku: films.id, quantity: 3 });
  await call("/v1/vouchers", { sku: money.id, quantity: 1_200 });
  for (const name of ["前台平板", "店长手机"]) await call("/v1/devices", { store: here.id, name });
  return { voucher: first.id, used: second.id, money: third.id, store: here.id, template: films.id, code: first.code };
}

export async function seed(ready) {
  const { secret_key, skus } = ready.merchants[0];
  let n = 0;
  const call = async (path, body, type = "application/json", method = body === undefined ? "GET" : "POST") => {
    n += 1;
    const headers = {
      authorization: `Bearer ${secret_key}`,
      ...(body !== undefined && { "content-type": type, "idempotency-key": `seed-${n}` }),
    };
    const init = {
      method,
      headers,
      ...(body !== undefined && { body: type === "application/json" ? JSON.stringify(body) : body }),
    };
    const answer = await fetch(ready.url + path, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  const yuan = amount => ({ amount, currency: "CNY" });
  for (const [buyer, amount] of [
    ["wx-chen-1021", 80_000],
    ["wx-lin-2208", 30_000],
    ["app-7731", 12_000],
  ]) {
    await call("/v1/wallet-credits", { buyer: { external_id: buyer }, amount: yuan(amount) });
  }
  const order = (buyer, lines, more = {}) =>
    call("/v1/orders", {
      buyer: { external_id: buyer },
      lines: lines.map(([sku, quantity]) => ({ sku: skus[sku].id, quantity })),
      ...more,
    });
  const paid = { pay: { method: "wallet" }, channel: "api" };
  const input = {};
  const orders = [];
  for (let round = 0; round < 8; round += 1) {
    orders.push(await order("wx-chen-1021", [[round % 4, 1]], { ...paid, input }));
  }
  orders.push(
    await order(
      "wx-lin-2208",
      [
        [3, 2],
        [5, 1],
      ],
      { ...paid, external_id: "T20261129-0042" },
    ),
  );
  const waiting = await order("wx-lin-2208", [[0, 1]], { channel: "mini_program", external_id: "T20261129-0043" });
  const cancelled = await order("app-7731", [[1, 1]], { channel: "live" });
  await call(`/v1/orders/${cancelled.id}/cancel`, {});
  const through = async (action, lines, channel) => {
    const placed = await order("app-7731", lines, { channel });
    const payment = await call(`/v1/orders/${placed.id}/payments`, { method: "test" });
    await call(`/test-channel/payments/${payment.id}`, { action });
    return placed;
  };
  const overpaid = await through("overpay", [[5, 1]], "h5");
  const failed = await through("fail", [[3, 1]], "h5");
  const bought = await through("pay", [[3, 3]], "embed");
  await call(`/v1/orders/${bought.id}/refunds`, {
    reason: "买家说买多了",
    lines: [{ line: 1, quantity: 1 }],
    override: true,
  });
  await call(`/v1/orders/${orders[0].id}/refunds`, { reason: "客服补偿", override: true });

  const file = (sku, text, query = "") => call(`/v1/skus/${skus[sku].id}/code-imports${query}`, text, "text/csv");
  const ended = async id => {
    for (;;) {
      const state = await call(`/v1/code-imports/${id}`);
      if (state.state !== "running") return state;
      await new Promise(done => setTimeout(done, 50));
    }
  };
  const asks = await file(
    4,
    "GX-9001,AB12-CD34,2027-01-02\nGX-9002,EF56-GH78,2027-03-04\nGX-9003,JK90-LM12,2027-05-06\n",
    "?on_question=wait&name=%E5%8D%81%E4%BA%8C%E6%9C%88%E5%88%B0%E8%B4%A7",
  );
  await ended(asks.id);
  await ended((await file(6, "number,password\nMY-0001,QW3E-4RTY\nMY-0002,ZX8C-7VBN\n")).id);
  const doubts = await file(
    6,
    "number,password\nmy-0001,QW3E4RTY\nMY-0003,ZX8C-7VBN\nMY-0004,PL0K-9OIJ\nMY-0002,ZX8C-7VBN\n,\n",
    "?name=%E4%BE%9B%E5%BA%94%E5%95%86%20B%20%E8%A1%A5%E8%B4%A7",
  );
  await ended(doubts.id);
  const place = await call("/v1/sample_places", { code: "P-001", name: "徐家汇", seats: 24 });
  await call(`/v1/sample_places/${place.id}`, { name: "徐家汇店", seats: 40 }, "application/json", "PATCH");
  const dear = await call("/v1/products", {
    name: "团队年度会员",
    picture: "course",
    skus: [{ kind: "code", name: "二十人一年", price: yuan(128_000) }],
  });
  const dearCodes = await call(`/v1/skus/${dear.skus[0].id}/code-imports`, "number\nTEAM-1\nTEAM-2\n", "text/csv");
  await ended(dearCodes.id);
  await call("/v1/wallet-credits", { buyer: { external_id: "wx-chen-1021" }, amount: yuan(300_000) });
  const team = await call("/v1/orders", {
    buyer: { external_id: "wx-chen-1021" },
    lines: [{ sku: dear.skus[0].id, quantity: 2 }],
    ...paid,
  });
  // What a program did wrong stands in the log of requests.
  await fetch(`${ready.url}/v1/orders`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${secret_key}`,
      "content-type": "application/json",
      "idempotency-key": "seed-wrong",
    },
    body: JSON.stringify({ buyer: { external_id: "wx-lin-2208" }, lines: [{ sku: skus[0].id, quantity: 0 }] }),
  });
  const channels = await throughChannels(call, order, ready.sandbox.url);
  const approvals = await held(ready.url, team.id);
  const transferred = await byTransfer(call, order, ready.url);
  const vouchers = await vouchersIn(call, order, ready);
  const shared = await sharedIn(call);
  const money = await call(`/v1/orders/${bought.id}/payments`);
  const back = await call(`/v1/orders/${bought.id}/refunds`);
  const accounts = await call("/v1/accounts?limit=200");
  const transfers = await call("/v1/transfers?limit=1");
  const products = await call("/v1/products?limit=200");
  const account = kind => accounts.data.find(one => one.kind === kind).id;
  return {
    order: orders.at(-1).id,
    bought: bought.id,
    waiting: waiting.id,
    overpaid: overpaid.id,
    failed: failed.id,
    payment: money.data[0].id,
    refund: back.data[0].id,
    buyer: orders[0].buyer.id,
    asks: asks.id,
    doubts: doubts.id,
    batch: (await call(`/v1/code-imports/${doubts.id}`)).batch,
    product: products.data.at(-1).id,
    sku: skus[0].id,
    stock: account("stock"),
    sales: account("sales"),
    transfer: transfers.data[0].id,
    place: place.id,
    team: team.id,
    approvals,
    vouchers,
    transferred,
    shared,
    ...channels,
    merchant: ready.merchants[0].id,
  };
}
