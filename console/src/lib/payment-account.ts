/** Accounts at payment channels: which fields a channel asks for, and what of a form is sent. */

import type { Resource } from "./resource";

export type Channel = "wechat" | "alipay" | "stripe";
export type Verification = "public_key" | "certificates";

export const CHANNELS: Channel[] = ["wechat", "alipay", "stripe"];

export interface PaymentAccount extends Resource {
  channel: Channel;
  name: string;
  enabled: boolean;
  fee_rate: number;
  goods?: string[];
  verification: Verification;
}

/** How a credential is typed: a line, a key or certificate of many lines; a secret is never shown again. */
export interface Credential {
  name: CredentialName;
  kind: "line" | "pem" | "secret" | "secret_pem";
  optional?: boolean;
}

export type CredentialName =
  | "mchid"
  | "appid"
  | "app_secret"
  | "serial_no"
  | "private_key"
  | "api_v3_key"
  | "public_key_id"
  | "public_key"
  | "app_id"
  | "seller_id"
  | "app_certificate"
  | "alipay_certificate"
  | "root_certificate"
  | "secret_key"
  | "webhook_secret"
  | "old_webhook_secret";

const WECHAT: Credential[] = [
  { name: "mchid", kind: "line" },
  { name: "appid", kind: "line" },
  { name: "app_secret", kind: "secret", optional: true },
  { name: "serial_no", kind: "line" },
  { name: "private_key", kind: "secret_pem" },
  { name: "api_v3_key", kind: "secret" },
];

const ALIPAY: Credential[] = [
  { name: "app_id", kind: "line" },
  { name: "seller_id", kind: "line", optional: true },
  { name: "private_key", kind: "secret_pem" },
];

const STRIPE: Credential[] = [
  { name: "secret_key", kind: "secret" },
  { name: "webhook_secret", kind: "secret" },
  { name: "old_webhook_secret", kind: "secret", optional: true },
];

/** Whether a channel's signatures can be verified in more than one way. */
export const verifies = (channel: Channel | undefined): boolean => channel === "wechat" || channel === "alipay";

/** What a channel asks of its merchant, and no more. */
export function credentials(channel: Channel | undefined, verification: Verification = "public_key"): Credential[] {
  const byKey = verification === "public_key";
  if (channel === "stripe") return STRIPE;
  if (channel === "wechat")
    return byKey ? [...WECHAT, { name: "public_key_id", kind: "line" }, { name: "public_key", kind: "pem" }] : WECHAT;
  if (channel !== "alipay") return [];
  if (byKey) return [...ALIPAY, { name: "public_key", kind: "pem" }];
  const certificates = ["app_certificate", "alipay_certificate", "root_certificate"] as const;
  return [...ALIPAY, ...certificates.map((name): Credential => ({ name, kind: "pem" }))];
}

export const isSecret = ({ kind }: Credential): boolean => kind === "secret" || kind === "secret_pem";

type Values = Record<string, unknown>;

const OF_ALL = ["channel", "name", "enabled", "fee_rate", "goods"];

/** The names that stand in the form of a channel. */
export const namesOf = (values: Values): string[] => {
  const { channel, verification } = values as Partial<PaymentAccount>;
  const own = credentials(channel, verification).map(({ name }) => name);
  return [...OF_ALL, ...(verifies(channel) ? ["verification"] : []), ...own];
};

/** A new account as it is sent: of what was typed only what its channel asks for. */
export function freshBody(values: Values): Values {
  const names = new Set(namesOf(values));
  const sent = Object.entries(values).filter(
    ([name, value]) => names.has(name) && value !== null && value !== undefined && value !== "",
  );
  return Object.fromEntries(sent);
}

/** A change as it is sent: a secret that was not typed stays as it is. */
export function changedBody(values: Values, changed: Values): Values {
  const names = new Set(namesOf(values));
  const { channel, verification } = values as Partial<PaymentAccount>;
  const secrets = new Set(
    credentials(channel, verification)
      .filter(isSecret)
      .map(({ name }) => name as string),
  );
  const sent = Object.entries(changed).filter(([name, value]) => names.has(name) && !(secrets.has(name) && !value));
  return Object.fromEntries(sent);
}

/** Which of the secrets were told apart by a hint of four characters that can be read; of a PEM it is its end. */
export function hintOf(one: Values | undefined, name: string): string | undefined {
  const { hint } = (one?.[name] ?? {}) as { hint?: string };
  if (hint === undefined) return undefined;
  return /^[\w+/=]+$/.test(hint) ? `••••${hint}` : "••••";
}

/** What tells an account from others at its channel. */
export function numberOf(one: Values): string | undefined {
  const number = one.mchid ?? one.app_id;
  return typeof number === "string" ? number : hintOf(one, "secret_key");
}
