// The pages that are photographed: name, path, and what is done before the picture is taken.

/** A button of the page, in either language. */
const press = (page, zh, en) =>
  page
    .getByRole("button", { name: new RegExp(`^(${zh}|${en})$`) })
    .first()
    .click();

const field = (page, zh, en) => page.getByLabel(new RegExp(`^(${zh}|${en})`)).first();

/** As whoever was just invited comes. */
async function invitation(page) {
  const link = await page.evaluate(async () => {
    const { csrf } = await (await fetch("/console/session")).json();
    const headers = { "content-type": "application/json", "x-csrf-token": csrf };
    const call = async (path, body) =>
      (await fetch(path, { method: "POST", headers, body: JSON.stringify(body) })).json();
    const body = { email: `one-${Date.now()}@galaxy.example`, name: "林晓", roles: ["service"] };
    const { id } = await call("/v1/staff", body);
    await call(`/v1/staff/${id}/invite`, {});
    const { data } = await (await fetch("/console/demo/inbox")).json();
    const { text } = data.find(({ to, text }) => to === body.email && text.includes("/console/link#"));
    return /\/console\/link#\w+/.exec(text)[0];
  });
  await page.goto(new URL(link, page.url()).href);
  await page.locator(".factor").waitFor();
}

/** As the server says once a password is too old. */
async function old(page) {
  await page.route("**/console/session", async route => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), must_change_password: true } });
  });
  await page.reload();
  await page.locator(".door").waitFor();
}

/** A shop at work in its live book that the operator suspended. */
async function suspended(page) {
  const terms = { version: 1, suspended: true, reason: "营业执照 11 月 28 日到期，请补交新的执照" };
  await page.route("**/v1/merchant_terms", route => route.fulfill({ json: terms }));
  const place = mode =>
    page.evaluate(mode => {
      const now = JSON.parse(localStorage.getItem("tessera.place"));
      localStorage.setItem("tessera.place", JSON.stringify({ ...now, mode }));
    }, mode);
  await place("live");
  await page.reload();
  await page.getByRole("alert").first().waitFor();
  await place("test");
}

/** Jobs that wait, as after a channel was away for an hour. */
async function waiting(page) {
  const since = "2026-11-29T23:12:00Z";
  const job = (kind, due, under_way, retried) => ({ kind, due, under_way, retried, since });
  const jobs = [job("expire_order", 41, 8, 0), job("send_refund", 12, 3, 9), job("write_export", 1, 1, 0)];
  await page.route("**/v1/system", async route => {
    const answer = await route.fetch();
    const json = { ...(await answer.json()), jobs, queued: 3, books_behind: 2, facts_behind: 1204 };
    await route.fulfill({ response: answer, json });
  });
  await page.reload();
  await page.getByRole("table").waitFor();
}

const TABLE = `商品名称,规格名称,售价,币种,上架,备注
晨读打卡营,30 天,39.90,CNY,是,热卖
晨读打卡营,90 天,99.00,CNY,是,
城市图书馆年卡,个人,128.00,CNY,否,
城市图书馆年卡,家庭,一百九,CNY,否,
`;

/** A table of products, shown as it is understood. */
async function table(page) {
  await field(page, "粘贴表格", "Paste a table").fill(TABLE);
  await press(page, "预览", "Preview");
  await page.getByRole("heading", { level: 2 }).nth(2).waitFor();
}

export function pagesOf(seeded) {
  return [
    ["sign-in", "/"],
    [
      "sign-in-code",
      "/",
      async page => {
        await page.getByLabel(/^(邮箱|Mail)$/).fill("owner@galaxy.example");
        await page.locator("input[type=password]").fill(seeded.password);
        await press(page, "登录", "Sign in");
        await page.getByLabel(/^(验证码|Code)$/).waitFor();
      },
    ],
    ["home", "/"],
    ["menu", "/", page => page.getByRole("button", { name: /^(我的账号|My account)/ }).click()],
    ["orders", "/orders"],
    ["orders-nothing", "/orders?external_id=none"],
    ["orders-columns", "/orders", page => press(page, "选择列", "Columns")],
    ["orders-views", "/orders?external_id=T20261129-0043", page => press(page, "视图", "Views")],
    ["help", "/orders", page => page.keyboard.press("?")],
    [
      "search",
      "/orders",
      async page => {
        await page.keyboard.press("/");
        await page.getByRole("combobox").last().fill("T20261129-0042");
        await page.getByRole("option").first().waitFor();
      },
    ],
    ["order", `/orders/${seeded.order}`],
    ["order-waiting", `/orders/${seeded.waiting}`],
    ["order-overpaid", `/orders/${seeded.overpaid}`],
    ["order-unmask", `/orders/${seeded.bought}`, page => press(page, "查看用户 ID", "Show the user id")],
    ["order-refund", `/orders/${seeded.bought}`, page => press(page, "退款", "Refund")],
    ["order-lost", "/orders/ord_01jd8x0e6vk3m9q5r7s2t4w6ya"],
    ["payments", "/payments"],
    ["payment", `/payments/${seeded.payment}`],
    ["refunds", "/refunds"],
    ["refund", `/refunds/${seeded.refund}`],
    ["payment-channel", `/payments/${seeded.through}`],
    [
      "payment-exchange",
      `/payments/${seeded.stripe}`,
      async page => {
        await page.locator(".exchanges summary").first().click();
      },
    ],
    ["payment-offered", `/payments/${seeded.offered}`],
    ["payments-transfers", "/payments?method=offline&state=pending"],
    ["payment-transfer", `/payments/${seeded.transferred.waits}`],
    [
      "payment-transfer-confirm",
      `/payments/${seeded.transferred.waits}`,
      async page => {
        await press(page, "确认到账", "Confirm a transfer");
        await field(page, "银行流水号", "Bank's reference").fill("CMB 2026 1130 0017");
      },
    ],
    [
      "payment-transfer-less",
      `/payments/${seeded.transferred.waits}`,
      async page => {
        await press(page, "确认到账", "Confirm a transfer");
        await field(page, "银行流水号", "Bank's reference").fill("工行 17");
        await field(page, "到账金额", "Amount that came").fill("10");
      },
    ],
    ["payment-transfer-held", `/payments/${seeded.transferred.held}`],
    ["payment-transfer-over", `/payments/${seeded.transferred.over}`],
    ["payment-transfer-short", `/payments/${seeded.transferred.short}`],
    ["refund-by-hand", `/refunds/${seeded.transferred.back}`],
    ["refund-stuck", `/refunds/${seeded.stuck}`],
    ["payment-accounts", "/payment-accounts"],
    ["payment-account", `/payment-accounts/${seeded.accounts.wechat}`],
    [
      "payment-account-tested",
      `/payment-accounts/${seeded.accounts.stripe}`,
      async page => {
        await press(page, "测试已保存的凭据", "Test the stored credentials");
        await page.getByRole("alert").first().waitFor();
      },
    ],
    [
      "payment-account-new",
      "/payment-accounts/new",
      async page => {
        await page.getByRole("radio", { name: /^(支付宝|Alipay)$/ }).check();
        await page.getByRole("radio", { name: /^(证书|Certificates)$/ }).check();
        await press(page, "测试凭据", "Test these credentials");
        await page.getByRole("alert").first().waitFor();
      },
    ],
    ["approvals", "/approvals"],
    ["approval", `/approvals/${seeded.approvals.open}`],
    ["approval-approve", `/approvals/${seeded.approvals.open}`, page => press(page, "同意", "Approve")],
    ["approval-done", `/approvals/${seeded.approvals.approved}`],
    ["approval-refused", `/approvals/${seeded.approvals.refused}`],
    [
      "order-held",
      `/orders/${seeded.team}`,
      async page => {
        await press(page, "退款", "Refund");
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel(/^(原因|Reason)/).fill("团购取消");
        await dialog.getByRole("checkbox").check();
        await dialog.getByRole("button", { name: /^(退|Refund) ¥/ }).click();
        await dialog.getByRole("link").waitFor();
      },
    ],
    ["products", "/products"],
    [
      "products-prices",
      "/products",
      async page => {
        await page.getByRole("checkbox").nth(1).check();
        await page.getByRole("checkbox").nth(2).check();
        await press(page, "改价", "Change prices");
      },
    ],
    [
      "products-bulk",
      "/products",
      async page => {
        await page.getByRole("checkbox").nth(1).check();
        await press(page, "下架", "Take off the shelf");
      },
    ],
    ["product", `/products/${seeded.product}`],
    [
      "new-product",
      "/products/new",
      async page => {
        await field(page, "名称", "Name").fill("晨读打卡 30 天营");
        await field(page, "价格", "Price").fill("39.9");
      },
    ],
    ["new-product-error", "/products/new", page => press(page, "下一步：放入卡密", "Next: the codes")],
    [
      "new-product-codes",
      "/products/new",
      async page => {
        await field(page, "名称", "Name").fill("晨读打卡 30 天营");
        await field(page, "价格", "Price").fill("39.9");
        await press(page, "下一步：放入卡密", "Next: the codes");
        await field(page, "粘贴卡密", "Paste codes").fill("CD-1001,QX7A-11\nCD-1002,QX7A-12\nCD-1003,QX7A-13");
      },
    ],
    [
      "new-product-sale",
      "/products/new",
      async page => {
        await field(page, "名称", "Name").fill("晨读打卡 30 天营");
        await field(page, "价格", "Price").fill("39.9");
        await press(page, "下一步：放入卡密", "Next: the codes");
        const run = Date.now();
        await field(page, "粘贴卡密", "Paste codes").fill(
          `number,password\nC${run}1,QX7A${run}\nC${run}2,QX7B${run}\n`,
        );
        await press(page, "开始导入", "Start");
        await page.getByRole("heading", { name: /^(已经在卖了|It is on sale)$/ }).waitFor();
      },
    ],
    ["sku", `/skus/${seeded.sku}`],
    ["imports", "/imports"],
    ["new-import", `/imports/new?sku=${seeded.sku}`],
    ["import-questions", `/imports/${seeded.asks}`],
    ["import-doubts", `/imports/${seeded.doubts}`],
    ["stock", "/stock"],
    ["expiries", `/expiries?sku=${seeded.sku}`],
    ["batch", `/batches/${seeded.batch}`],
    ["batch-void", `/batches/${seeded.batch}`, page => press(page, "作废", "Void")],
    [
      "find-code",
      "/codes/find",
      async page => {
        await page.getByRole("searchbox").first().fill("MY-0001");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 2 }).first().waitFor();
      },
    ],
    ["wallets", "/wallets"],
    ["wallet", `/wallets/${seeded.buyer}`],
    ["credit", "/wallets/credit"],
    ["ledger", "/ledger"],
    ["account", `/ledger/${seeded.stock}`],
    ["account-sales", `/ledger/${seeded.sales}`],
    ["vouchers", "/vouchers"],
    [
      "vouchers-lost",
      "/vouchers",
      async page => {
        await field(page, "扫码或输入券码", "Scan or type its code").fill("AAAAAA-BBBBBB-CCCCCC");
        await press(page, "查券", "Find a voucher");
        await page.getByRole("alert").first().waitFor();
      },
    ],
    ["voucher", `/vouchers/${seeded.vouchers.voucher}`],
    ["voucher-used", `/vouchers/${seeded.vouchers.used}`],
    ["voucher-money", `/vouchers/${seeded.vouchers.money}`],
    [
      "voucher-reverse",
      `/vouchers/${seeded.vouchers.voucher}`,
      async page => {
        await press(page, "撤销核销", "Take back");
        await page.getByRole("dialog").waitFor();
      },
    ],
    ["voucher-none", "/vouchers/vch_00000000000000000000000000"],
    ["new-vouchers", `/vouchers/new?sku=${seeded.vouchers.template}`],
    [
      "made-vouchers",
      `/vouchers/new?sku=${seeded.vouchers.template}`,
      async page => {
        await press(page, "生成券", "Make vouchers");
        await page.locator(".slip").first().waitFor();
      },
    ],
    ["voucher-runs", "/voucher-runs"],
    [
      "voucher-run-codes",
      "/voucher-runs",
      async page => {
        await press(page, "下载券码", "Download the codes");
        await page.getByRole("dialog").waitFor();
      },
    ],
    [
      "store-pair",
      `/stores/${seeded.vouchers.store}`,
      async page => {
        await press(page, "配对码", "Pairing code");
        await page.getByRole("dialog").waitFor();
      },
    ],
    [
      "sku-voucher-hours",
      `/skus/${seeded.vouchers.template}`,
      async page => {
        await page.getByRole("button", { name: /^＋ (时段|Hours)$/ }).click();
        await field(page, "最低消费", "Least bill").fill("50");
      },
    ],
    ["sku-content", `/skus/${seeded.shared}`],
    ["content", `/skus/${seeded.shared}/content`],
    ["new-product-content", "/products/new?kind=content"],
    ["liability", "/vouchers/liability"],
    ["redemptions", "/redemptions"],
    ["redemptions-store", `/redemptions?store=${seeded.vouchers.store}`],
    ["stores", "/stores"],
    ["store", `/stores/${seeded.vouchers.store}`],
    ["store-nothing", `/stores/${seeded.vouchers.store}?day=2026-01-02`],
    ["store-edit", `/r/stores/${seeded.vouchers.store}`],
    ["sku-voucher", `/skus/${seeded.vouchers.template}`],
    [
      "new-product-voucher",
      "/products/new?kind=voucher",
      async page => {
        await field(page, "名称", "Name").fill("星河下午茶");
        await field(page, "价格", "Price").fill("199");
        await page.getByRole("radio", { name: /^(金额券|Money)/ }).check();
        await field(page, "面值", "Face value").fill("240");
      },
    ],
    ["transfers", "/transfers"],
    ["transfer", `/transfers/${seeded.transfer}`],
    ["journal", "/journal"],
    ["shop", "/shop"],
    ["shop-messages", "/shop_messages"],
    ["shop-languages", "/shop_languages"],
    ["policy", "/approval_policy"],
    ["the-one", "/one/approval_policy"],
    ["the-one-read", "/one/merchant_terms"],
    ["home-suspended", "/", suspended],
    ["products-suspended", "/products", suspended],
    ["import-products", "/products/import"],
    ["import-products-preview", "/products/import", table],
    ["products-order", "/products/order"],
    ["sku-order", `/products/${seeded.product}`, page => press(page, "排序", "Put in order")],
    ["reports", "/reports"],
    ["reports-sku", "/reports?by=sku&measure=quantity"],
    ["reports-hour", "/reports?by=hour&from=2026-11-29&to=2026-11-30"],
    ["reports-channel", "/reports?by=channel"],
    ["exports", "/exports"],
    ["batch-sales", "/reports/batches"],
    ["developers", "/developers"],
    ["requests", "/requests"],
    [
      "request",
      "/requests?outcome=refused",
      async page => {
        await page.locator("a.call").first().click();
        await page.locator("pre").waitFor();
      },
    ],
    ["request-lost", "/requests/req_00000000000000000000000000"],
    ["reference", "/developers/reference"],
    ["own-keys", "/keys"],
    ["new-own-key", "/keys/new"],
    ["me", "/me"],
    ["me-factor", "/me", page => press(page, "换验证器", "Change the authenticator")],
    ["me-codes", "/me", page => press(page, "换一组恢复码", "Draw new ones")],
    ["link-gone", "/link#used"],
    ["link", "/r/staff", invitation],
    ["password-old", "/", old],
    ["audit", "/audit"],
    ["audit-object", `/audit?object=${seeded.bought}`],
    ["home-operator", "/", undefined, "system@operator.example"],
    ["system", "/system", undefined, "system@operator.example"],
    ["system-waiting", "/system", waiting, "system@operator.example"],
    ["merchants", "/merchants", undefined, "system@operator.example"],
    ["merchant", `/merchants/${seeded.merchant}`, undefined, "system@operator.example"],
    [
      "merchant-suspend",
      `/merchants/${seeded.merchant}`,
      page => press(page, "暂停营业", "Suspend"),
      "system@operator.example",
    ],
    [
      "merchant-limit",
      `/merchants/${seeded.merchant}`,
      page => press(page, "设置上限", "Set a limit"),
      "system@operator.example",
    ],
    ["keys", `/merchants/${seeded.merchant}/keys`, undefined, "system@operator.example"],
    ["new-key", `/merchants/${seeded.merchant}/new-key`, undefined, "system@operator.example"],
    ["new-owner", `/merchants/${seeded.merchant}/owner`, undefined, "system@operator.example"],
    ["kinds", "/resources"],
    ["resources", "/r/sample_places"],
    ["resource", `/r/sample_places/${seeded.place}`],
    ["resource-new", "/r/sample_offers/new"],
    ["staff", "/r/staff"],
    ["staff-new", "/r/staff/new"],
    ["roles", "/roles"],
    ["role-new", "/r/roles/new"],
    ["networks", "/r/staff_networks"],
    ["grant-new", "/r/operator_grants/new"],
    ["lost", "/nowhere"],
    ["lost-kind", "/r/nowhere"],
    ["lost-resource", "/r/staff/stf_00000000000000000000000000"],
  ];
}
