import type { Words } from "../zh";

export const session: Words["session"] = {
  title: "Sign in",
  email: "Mail",
  password: "Password",
  totp: "Code",
  totpHint: "Six digits of your authenticator",
  totpText: "The password is right. Now the six digits of your authenticator.",
  submit: "Sign in",
  wrong: "Mail, password or code is wrong",
  wrongCure: "Look at capitals and the input method. The code changes every 30 seconds.",
  again: "Another account",
  demo: "Demo",
  demoText: "This is a demo. One click shows the console as each role sees it:",
  demoAs: role => `Enter as ${role}`,
  shops: "The shops that buyers see",
  tryFirst: "Try this first",
  trySteps: [
    "Enter as owner, make a product and paste a few codes.",
    "Open the shop and buy one with the test payment.",
    "Come back to the order, read its story, and refund it.",
  ],
  promise: "No code goes out twice, and every cent is accounted for.",
};
