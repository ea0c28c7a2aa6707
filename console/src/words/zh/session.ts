/** Signing in. */

export const session = {
  title: "登录控制台",
  email: "邮箱",
  password: "密码",
  totp: "验证码",
  totpHint: "验证器里的 6 位数字",
  totpText: "密码正确。请输入验证器里的 6 位数字。",
  submit: "登录",
  wrong: "邮箱、密码或验证码不对",
  wrongCure: "检查大小写和输入法；验证码每 30 秒换一次。",
  again: "换一个账号",
  demo: "演示",
  demoText: "这是演示环境，一键进入，看看不同角色的控制台：",
  demoAs: (role: string) => `以${role}身份进入`,
  shops: "买家看到的店铺",
  tryFirst: "可以先试试",
  trySteps: [
    "以店主身份进入，新建一个商品，粘贴几行卡密。",
    "打开店铺，用测试支付买一件。",
    "回到订单页，看它的经过，再退一次款。",
  ],
  promise: "不重发一张卡密，不漏掉一分钱。",
};
