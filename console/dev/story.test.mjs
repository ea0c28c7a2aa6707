// The whole story of a shop in a browser, once in each language: a link that opens once, a first product with a picture of
// its own and ten thousand codes, a buyer, a refund that a second person approves, and what the audit knows of all that.

import assert from "node:assert/strict";
import { test } from "node:test";
import { codeAt, invite, linkFor, stage, visitor } from "./demo.mjs";

const CLICKS_MAX = 15;
const CODES = 10_000;
/** Above what one person may refund alone. */
const PRICE = "1280";
const PAID = "¥1,280.00";
const PASSWORD = "walnut umbrella glacier tango";

const on = stage();

for (const language of ["zh-CN", "en"]) {
  const say = (zh, en) => (language === "en" ? en : zh);
  test(`from the first link to the audit: ${language}`, async () => {
    const tell = { language, say };
    const owner = await founded(tell);
    const product = await firstProduct(owner, tell);
    const number = await bought(product, tell);
    const { order, approval } = await refundAsked(owner, number, tell);
    const finance = await invited(owner, tell, { name: say("许财务", "Xu"), role: say("财务", "finance") });
    await approved(finance, tell);
    await refunded(owner, order, tell);
    await audited(owner, order, approval, tell);
  });
}

/** Invites somebody, who chooses password and second factor and comes in. */
async function invited(by, { language, say }, { name, role }) {
  const email = `${name.codePointAt(0).toString(36)}${language}@hills.example`.toLowerCase();
  await invite(by, { email, name, role }, say);
  return joined(email, { language, say });
}

/** The operator makes a merchant and names its owner, who comes in by the link of his mail. */
async function founded({ language, say }) {
  const email = say("he@hills.example", "ho@hills.example");
  const { page, open, button } = await visitor(on.browser, on.shop.ready, {
    language,
    email: "system@operator.example",
  });
  await open("/merchants/new");
  await page.getByLabel(say("商户名", "Merchant"), { exact: true }).fill(say("山间小店", "Hills"));
  await button(say("新建商户", "New merchant")).click();
  await page.waitForURL("**/owner");
  await page.getByLabel(say("店主的邮箱", "The owner's mail address")).fill(email);
  await page.getByLabel(say("店主的姓名", "The owner's name")).fill(say("何店主", "Ho"));
  await button(say("邀请", "Invite")).click();
  await page.waitForURL("**/merchants/mer_*");
  return joined(email, { language, say });
}

/** Uses the link of an invitation: chooses password and second factor, and signs in. */
async function joined(email, { language, say }) {
  const one = await visitor(on.browser, on.shop.ready, { language });
  const { page, button } = one;
  await page.goto(await linkFor(on.shop.ready, email));
  await page.getByRole("heading", { level: 1, name: say("加入团队", "Join the team") }).waitFor();
  const secret = await page.locator(".factor code").textContent();
  await page.getByLabel(say("密码", "Password"), { exact: true }).fill(PASSWORD);
  await page.getByLabel(say("验证码", "Code"), { exact: true }).fill(codeAt(secret));
  await button(say("加入", "Join")).click();
  await page.getByText(say("请马上保存恢复码", "Keep these recovery codes now")).waitFor();
  const codes = await page.getByRole("listitem").allTextContents();
  assert.equal(new Set(codes).size, 10);
  await page.getByRole("link", { name: say("去登录", "Sign in") }).click();
  await page.getByLabel(say("邮箱", "Mail")).fill(email);
  await page.getByLabel(say("密码", "Password"), { exact: true }).fill(PASSWORD);
  await button(say("登录", "Sign in")).click();
  // The code that was just used counts once; the next one is taken a little early.
  await page.getByLabel(say("验证码", "Code"), { exact: true }).fill(codeAt(secret, Date.now() + 30_000));
  await button(say("登录", "Sign in")).click();
  await page.getByRole("navigation", { name: say("主导航", "Main navigation") }).waitFor();
  return one;
}

/** What stands in an open list. */
const listed = (page, word) => page.locator(".ant-select-item-option:visible").filter({ hasText: word });

/** Lists a product with a picture of its own and the codes of a file; gives the address where buyers find it. */
async function firstProduct({ page, button }, { say }) {
  let clicks = 0;
  const click = async what => {
    clicks += 1;
    await what.click();
  };
  const name = say("山间民宿一晚", "A night in the hills");
  await click(page.getByRole("link", { name: say("商品", "Products"), exact: true }));
  await click(page.getByRole("link", { name: say("新建商品", "New product") }).first());
  await page.getByLabel(say("名称", "Name"), { exact: true }).fill(name);
  await page.getByLabel(say("价格", "Price"), { exact: true }).fill(PRICE);
  const picture = { name: "hills.png", mimeType: "image/png", buffer: await page.screenshot() };
  const chooser = page.waitForEvent("filechooser");
  await click(button(say("上传图片", "Upload a picture")));
  await (await chooser).setFiles(picture);
  await page.getByText(say("自己的图片", "Your own picture"), { exact: true }).waitFor();
  await click(button(say("下一步：放入卡密", "Next: the codes")));
  const rows = Array.from({ length: CODES }, (_, n) => `${say("HL", "NH")}-${n},${say("", "N")}${secretOf(n)}`);
  await drop(page.getByLabel(say("粘贴卡密", "Paste codes")), "nights.csv", rows.join("\n"));
  await page.getByText("nights.csv", { exact: false }).waitFor();
  await click(button(say("开始导入", "Start")));
  await page.getByRole("heading", { name: say("需要你回答", "Please answer") }).waitFor();
  const meanings = [say("卡号", "Card number"), say("密码", "Password")];
  for (const question of await page.getByRole("group").all()) {
    if (await question.getByRole("radio").count()) await click(question.getByRole("radio").last());
    else {
      await click(question.getByRole("combobox"));
      await click(listed(page, new RegExp(`^${meanings.shift()}$`)));
    }
  }
  await click(button(say("按回答继续", "Go on with these answers")));
  await page.getByRole("heading", { name: say("已经在卖了", "It is on sale") }).waitFor({ timeout: 60_000 });
  await page
    .getByText(say("放入了 10000 张卡密，买家现在就能买。", "10000 codes are in; buyers can buy now."))
    .waitFor();
  assert.ok(clicks <= CLICKS_MAX, `${clicks} clicks`);
  console.log(`on sale after ${clicks} clicks`);
  await page.frameLocator("iframe").getByRole("heading", { name }).waitFor();
  const address = await page.getByRole("link", { name: say("打开商品页买一件", "Open its page and buy one") });
  return address.getAttribute("href");
}

/** The password of a code of the file. */
const secretOf = n => `${(n * 7919 + 104_729).toString(36)}${n}`;

/** Drops a file where somebody holds the mouse. */
async function drop(target, name, text) {
  const file = await target.page().evaluateHandle(
    ([name, text]) => {
      const held = new DataTransfer();
      held.items.add(new File([text], name, { type: "text/csv" }));
      return held;
    },
    [name, text],
  );
  await target.dispatchEvent("drop", { dataTransfer: file });
}

/** A buyer pays and sees his code; gives the number of his order. */
async function bought(path, { language, say }) {
  const { page } = await visitor(on.browser, on.shop.ready, { language, viewport: { width: 375, height: 800 } });
  const press = name => page.getByRole("button", { name }).first().click();
  await page.goto(new URL(path, on.shop.ready.url).href);
  const picture = page.getByRole("img", { name: say("山间民宿一晚", "A night in the hills") });
  assert.match(await picture.getAttribute("src"), /\/files\//);
  await page.waitForFunction(() => document.querySelector("main img").naturalWidth > 0);
  await press(say("立即购买", "Buy now"));
  await page.getByRole("checkbox", { name: say("我已知晓并同意", "I have read and agree") }).check();
  await press(say("提交订单", "Place order"));
  await press(say(`支付 ${PAID}`, `Pay ${PAID}`));
  await press(say(/^付款/, /^Pay/));
  await page.getByRole("link", { name: say("回到商家", "Back to the merchant") }).click();
  await press(say("查看卡密", "View code"));
  const code = await page
    .getByText(/^(HL|NH)-\d+$/)
    .first()
    .textContent();
  await page.getByText(say("", "N") + secretOf(code.slice(3)), { exact: true }).waitFor();
  const facts = page.getByRole("definition");
  const terms = await page.getByRole("term").allTextContents();
  return facts.nth(terms.indexOf(say("订单号", "Order number"))).textContent();
}

/** Finds the order by its number and asks for all of its money back, which one person may not do alone; gives both pages. */
async function refundAsked({ page, button }, number, { say }) {
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: say("搜索", "Search") }).fill(number);
  await page.getByRole("option", { name: say(/^订单/, /^Order/) }).click();
  await page.waitForURL("**/orders/ord_*");
  await button(say("退款", "Refund")).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(say("原因", "Reason")).fill(say("山里封路", "The road is closed"));
  // The buyer saw his code, so the rule says no; the loss must be wanted.
  await dialog.getByRole("checkbox", { name: say(/仍然退款/, /Refund all the same/) }).check();
  await dialog.getByRole("button", { name: say(`退 ${PAID}`, `Refund ${PAID}`) }).click();
  await dialog.getByText(say("已提交审批", "Sent for approval")).waitFor();
  const order = page.url();
  await dialog.getByRole("link", { name: say("查看这次审批", "See this approval") }).click();
  await page.getByText(say("待审批", "Waiting"), { exact: true }).waitFor();
  return { order, approval: page.url() };
}

/** A second person finds it in the inbox and says yes. */
async function approved({ page, button }, { say }) {
  await page.getByRole("link", { name: say("审批", "Approvals"), exact: true }).click();
  const row = page.getByRole("row").filter({ hasText: say("待审批", "Waiting") });
  await row.getByText(PAID).waitFor();
  await row.getByRole("link", { name: say("大额退款", "Large refund") }).click();
  await page.getByText(say("山里封路", "The road is closed")).first().waitFor();
  const word = say("同意", "Approve");
  await button(word).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(PAID).waitFor();
  await dialog.getByRole("button", { name: word, exact: true }).click();
  await page.getByText(say("已同意并执行", "Approved and done")).waitFor();
}

/** Whoever asked sees the money go back. */
async function refunded({ page }, order, { say }) {
  await page.goto(order);
  await page.getByText(say(`退款 ${PAID} 到账`, `Refund of ${PAID} arrived`)).waitFor();
  await page.getByText(say("已退款", "Refunded"), { exact: true }).first().waitFor();
}

/** The audit tells the whole story: of the order, of what waited, of the money that went back; and who did it. */
async function audited({ page }, order, approval, { say }) {
  const told = async (path, ...facts) => {
    await page.goto(path);
    await page
      .getByRole("main")
      .getByRole("link", { name: say("审计", "Audit"), exact: true })
      .click();
    await page.waitForURL("**/audit?object=*");
    for (const [kind, what] of facts) {
      const row = page.getByRole("main").getByRole("listitem").filter({ hasText: kind });
      await row.getByText(what).first().waitFor();
    }
    const actors = await page.getByRole("main").getByTitle(/^psn_/).allTextContents();
    return new Set(actors.filter(Boolean));
  };
  const bought = [
    ["order.placed", say("下单", "Ordered")],
    ["order.paid", say("订单付款", "Order paid")],
    ["codes.revealed", say("查看了卡密", "Codes looked at")],
  ];
  // An order's story has that of its money; its buyer is no person of the console.
  assert.equal((await told(order, ...bought)).size, 2, "who asked for a refund and who said yes");
  const waited = [
    ["approval.opened", say("提交审批", "Sent for approval")],
    ["approval.decided", say("审批有了结果", "Approval decided")],
  ];
  assert.equal((await told(approval, ...waited)).size, 2, "who asked and who said yes");
  await page.goto(order);
  await page.getByRole("link", { name: /^rfd_/ }).first().click();
  await page.waitForURL("**/refunds/rfd_*");
  const back = [
    ["refund.made", say("山里封路", "The road is closed")],
    ["refund.settled", say("退款有了结果", "Refund ended")],
  ];
  assert.equal((await told(page.url(), ...back)).size, 1, "who asked");
}
