// One's own account, and the two links by which somebody comes to one: in a real browser over the real demo.

import assert from "node:assert/strict";
import { test } from "node:test";
import { codeAt, demo, fresh, invite, linkFor, recoveryLink, stage, visitor } from "./demo.mjs";

const PASSWORD = "walnut umbrella glacier tango";
const NEXT = "copper lantern meadow violin";
const STEP_MS = 30_000;
/** A virtual authenticator that says yes. */
const DEVICE = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};

const on = stage();
let joined = 0;

const stranger = () => visitor(on.browser, on.shop.ready);
const home = page => page.getByRole("heading", { level: 1, name: /星河/ }).waitFor();
const door = page => page.getByRole("heading", { name: "登录控制台" }).waitFor();

/** Somebody new, who came by an invitation: his secrets, as he wrote them down. */
async function member() {
  joined += 1;
  const email = `member-${joined}@galaxy.example`;
  const owner = await visitor(on.browser, on.shop.ready, { email: "owner@galaxy.example" });
  await invite(owner, { email, name: "林晓", role: "客服" });
  await owner.page.context().close();
  const one = await stranger();
  await one.page.goto(await linkFor(on.shop.ready, email));
  await one.page.getByRole("heading", { level: 1, name: "加入团队" }).waitFor();
  const chosen = await choose(one, PASSWORD, "加入");
  await one.page.context().close();
  return { email, ...chosen };
}

/** Fills in the form behind a link; what a guesser would try and a wrong code are refused beside their fields. */
async function choose({ page, button }, password, act) {
  const secret = await page.locator(".factor code").textContent();
  await page.getByLabel("密码", { exact: true }).fill("password-2026");
  await page.getByLabel("验证码").fill(codeAt(secret));
  await button(act).click();
  await page.getByText("太容易被猜到", { exact: false }).waitFor();
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByLabel("验证码").fill("000000");
  await button(act).click();
  await page.getByText("不是这个密钥现在的验证码", { exact: false }).waitFor();
  await page.getByLabel("验证码").fill(codeAt(secret));
  await button(act).click();
  await page.getByRole("heading", { name: "设好了" }).waitFor();
  return { secret, password, codes: await page.locator(".recovery code").allTextContents() };
}

/** Signs in with a recovery code or the code of a secret, up to the answer. */
async function signIn({ page, open, button }, { email, password }, { code, totp }) {
  await open("/");
  await page.getByLabel("邮箱").fill(email);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await button("登录").click();
  if (code) {
    await page.getByLabel("验证码").waitFor();
    await button("手机不在身边？用恢复码").click();
    await page.getByLabel("恢复码").fill(code);
  } else await page.getByLabel("验证码").fill(totp);
  await button("登录").click();
}

async function signOut({ page, button }) {
  await page.getByRole("button", { name: /^我的账号/ }).click();
  await button("退出登录").click();
  await door(page);
}

const section = (page, name) => page.getByRole("region", { name, exact: true });

test("a recovery code stands in for the authenticator, once", async () => {
  const lin = await member();
  assert.equal(new Set(lin.codes).size, 10);
  const one = await stranger();
  await signIn(one, lin, { code: lin.codes[0] });
  await home(one.page);
  await signOut(one);
  await signIn(one, lin, { code: lin.codes[0] });
  await one.page.getByText("邮箱、密码或验证码不对").waitFor();
  await one.page.getByLabel("恢复码").fill(lin.codes[1].replaceAll("-", " ").toUpperCase());
  await one.button("登录").click();
  await home(one.page);
});

test("a passkey has a name, opens the door alone, and opens nothing once it is removed", async () => {
  const url = `http://localhost:${new URL(on.shop.ready.url).port}`;
  const one = await visitor(on.browser, { ...on.shop.ready, url }, { email: "owner@galaxy.example" });
  const { page, open, button } = one;
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options: DEVICE });
  await open("/me");
  const keys = section(page, "通行密钥");
  await keys.getByText("还没有通行密钥。").waitFor();
  const add = async () => {
    await button("添加通行密钥").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("给它起个名字").fill("办公室电脑");
    await dialog.getByRole("button", { name: "添加通行密钥" }).click();
    return dialog;
  };
  await (await add()).waitFor({ state: "hidden" });
  await keys.getByRole("listitem").filter({ hasText: "办公室电脑" }).waitFor();
  const again = await add();
  await again.getByText("这台设备已经有你的通行密钥").waitFor();
  await again.getByRole("button", { name: "取消" }).click();
  await signOut(one);
  await button("用通行密钥登录").click();
  // Whoever comes back is where he was.
  await page.getByRole("heading", { level: 1, name: "我的账号" }).waitFor();
  await keys.getByRole("button", { name: "删除" }).click();
  const asked = page.getByRole("dialog", { name: "删除通行密钥“办公室电脑”？" });
  await asked.getByRole("button", { name: "删除" }).click();
  await keys.getByText("还没有通行密钥。").waitFor();
  await signOut(one);
  await button("用通行密钥登录").click();
  await page.getByText("不认识这个通行密钥").waitFor();
});

test("another authenticator ends all other sessions, and the one of before is worth nothing", async () => {
  const lin = await member();
  const [here, there] = [await stranger(), await stranger()];
  await signIn(there, lin, { code: lin.codes[0] });
  await home(there.page);
  await signIn(here, lin, { code: lin.codes[1] });
  await home(here.page);
  await here.open("/me");
  await section(here.page, "登录中的浏览器").getByRole("listitem").nth(1).waitFor();
  await here.button("退出其他全部").waitFor();
  await here.button("换验证器").click();
  const form = section(here.page, "验证器");
  const secret = await form.locator("code").textContent();
  assert.notEqual(secret, lin.secret);
  await form.getByLabel("验证码").fill("000000");
  await here.button("确认更换").click();
  await form.getByText("不是这个密钥现在的验证码", { exact: false }).waitFor();
  await form.getByLabel("验证码").fill(codeAt(secret));
  await here.button("确认更换").click();
  await here.page.getByText("验证器已更换，其他浏览器都已退出。").waitFor();
  await there.open("/me");
  await door(there.page);
  await signOut(here);
  await signIn(here, lin, { totp: codeAt(lin.secret, Date.now() + STEP_MS) });
  await here.page.getByText("邮箱、密码或验证码不对").waitFor();
  await here.page.getByLabel("验证码").fill(codeAt(secret, Date.now() + STEP_MS));
  await here.button("登录").click();
  await home(here.page);
});

test("new recovery codes are asked for with the second factor, and those of before are worth nothing", async () => {
  const lin = await member();
  const one = await stranger();
  await signIn(one, lin, { code: lin.codes[0] });
  await home(one.page);
  await one.open("/me");
  // As after ten minutes: the first answer is that the second factor must be shown again.
  const problem = { code: "step_up_required", title: "", status: 403 };
  await one.page.route("**/console/recovery-codes", route => route.fulfill({ status: 403, json: problem }), {
    times: 1,
  });
  await one.button("换一组恢复码").click();
  const dialog = one.page.getByRole("dialog", { name: "再确认一次是你" });
  await dialog.getByRole("textbox").first().click();
  await one.page.keyboard.type("000000");
  await dialog.getByText("验证码不对").waitFor();
  await dialog.getByRole("button", { name: "手机不在身边？用恢复码" }).click();
  await dialog.getByRole("searchbox", { name: "恢复码" }).fill(lin.codes[1]);
  await one.page.keyboard.press("Enter");
  const fresh = section(one.page, "恢复码").locator(".recovery code");
  await fresh.first().waitFor();
  const codes = await fresh.allTextContents();
  assert.equal(new Set([...codes, ...lin.codes]).size, 20);
  await signOut(one);
  await signIn(one, lin, { code: lin.codes[2] });
  await one.page.getByText("邮箱、密码或验证码不对").waitFor();
  await one.page.getByLabel("恢复码").fill(codes[0]);
  await one.button("登录").click();
  await home(one.page);
});

test("a browser that one doesn't know is signed out from another", async () => {
  const lin = await member();
  const [here, there] = [await stranger(), await stranger()];
  await signIn(there, lin, { code: lin.codes[0] });
  await home(there.page);
  await there.open("/me");
  await there.page.getByText("就是这个").waitFor();
  await signIn(here, lin, { code: lin.codes[1] });
  await home(here.page);
  await here.open("/me");
  const list = section(here.page, "登录中的浏览器");
  await list.getByRole("button", { name: "退出", exact: true }).click();
  await here.page.getByRole("dialog").getByRole("button", { name: "退出", exact: true }).click();
  await list.getByRole("button", { name: "退出", exact: true }).waitFor({ state: "detached" });
  await there.page.getByRole("link", { name: "订单", exact: true }).click();
  await door(there.page);
});

test("whoever's password is too old chooses another one before anything else", async () => {
  const lin = await member();
  const { page, open, button, ...one } = await stranger();
  await signIn({ page, open, button, ...one }, lin, { code: lin.codes[0] });
  await home(page);
  // No password of a test is a day old: the session's answer says so until another one was chosen.
  let old = true;
  page.on("response", answer => {
    if (answer.url().endsWith("/console/password") && answer.ok()) old = false;
  });
  await page.route("**/console/session", async route => {
    const answer = await route.fetch();
    const told = await answer.json();
    await route.fulfill({ response: answer, json: { ...told, must_change_password: old } });
  });
  await open("/orders");
  await page.getByRole("heading", { level: 1, name: "该换密码了" }).waitFor();
  const send = async (now, next) => {
    await page.getByLabel("现在的密码").fill(now);
    await page.getByLabel("新密码").fill(next);
    await button("修改密码").click();
  };
  await send("not this one at all", NEXT);
  await page.getByText("现在的密码不对").waitFor();
  await send(PASSWORD, "galaxy-galaxy-2026");
  await page.getByText("太容易被猜到", { exact: false }).waitFor();
  await send(PASSWORD, NEXT);
  await page.getByRole("heading", { level: 1, name: "订单" }).waitFor();
});

test("whoever was locked out comes back by the link that the server's owner prints", async () => {
  const lin = await member();
  await on.shop.stop({ keep: true });
  const link = await recoveryLink(on.shop.data, lin.email);
  on.shop = await demo(on.shop.data);
  const one = await stranger();
  await one.page.goto(on.shop.ready.url + link);
  await one.page.getByRole("heading", { level: 1, name: "找回账号" }).waitFor();
  await one.page.getByText(lin.email).waitFor();
  const anew = await choose(one, NEXT, "重新设置");
  const late = await stranger();
  await late.page.goto(on.shop.ready.url + link);
  await late.page.getByRole("heading", { name: "链接已经用过，或者过期了" }).waitFor();
  await one.page.getByRole("link", { name: "去登录" }).click();
  await one.page.getByLabel("邮箱").fill(lin.email);
  await one.page.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await one.button("登录").click();
  await one.page.getByText("邮箱、密码或验证码不对").waitFor();
  await signIn(one, { ...lin, password: NEXT }, { totp: codeAt(anew.secret, Date.now() + STEP_MS) });
  await home(one.page);
});

test("the first person sets a new instance up, and administers it", async () => {
  const instance = await fresh();
  try {
    const one = await visitor(on.browser, instance.ready);
    await one.page.goto(instance.link);
    await one.page.getByRole("heading", { level: 1, name: "设置这套系统" }).waitFor();
    await one.page.getByLabel("邮箱").fill("root@company.example");
    await one.page.getByLabel("姓名").fill("卫东");
    const chosen = await choose(one, PASSWORD, "完成设置");
    await one.page.getByRole("link", { name: "去登录" }).click();
    const totp = codeAt(chosen.secret, Date.now() + STEP_MS);
    await signIn(one, { email: "root@company.example", password: PASSWORD }, { totp });
    await one.page.getByText("你在为平台方工作").waitFor();
    const late = await visitor(on.browser, instance.ready);
    await late.page.goto(instance.link);
    await late.page.getByRole("heading", { name: "链接已经用过，或者过期了" }).waitFor();
  } finally {
    await instance.stop();
  }
});
