/** The form of an account at a payment channel: only what the chosen channel asks for. */

import type { Choice, Field, Group } from "../kit/fields";
import {
  CHANNELS,
  type Channel,
  type Credential,
  credentials,
  hintOf,
  isSecret,
  type PaymentAccount,
  verifies,
} from "../lib/payment-account";
import { useWords } from "../words";

const choices = (words: Record<string, string>): Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export function useAccountGroups(one?: PaymentAccount): (values: Partial<PaymentAccount>) => Group[] {
  const { accounts, catalog, kit } = useWords();
  const label = useFieldNames();
  const credential = (of: Credential, channel: Channel): Field => {
    const hint = isSecret(of) ? hintOf(one, of.name) : undefined;
    const asked = {
      name: of.name,
      label: label(of.name, channel),
      help: accounts.helpOf[channel]?.[of.name] ?? accounts.help[of.name],
      // What is sealed is kept without being typed once more.
      required: !of.optional && !hint,
      ...(hint && { hint: accounts.stored(hint) }),
    };
    if (of.kind === "pem" || of.kind === "secret_pem") return { ...asked, kind: "pem" };
    return of.kind === "secret" ? { ...asked, kind: "secret" } : { ...asked, kind: "text", max: 128 };
  };
  return ({ channel, verification }) => {
    const account: Group = {
      title: accounts.account,
      fields: [
        {
          kind: "choice",
          name: "channel",
          label: accounts.channel,
          required: true,
          disabled: !!one,
          choices: CHANNELS.map(value => ({ value, label: accounts.channels[value] })),
        },
        { kind: "text", name: "name", label: accounts.name, hint: accounts.nameHint, required: true, max: 100 },
        { kind: "percent", name: "fee_rate", label: accounts.feeRate, help: accounts.feeRateHelp, required: true },
        {
          kind: "choices",
          name: "goods",
          label: accounts.goods,
          help: accounts.goodsHelp,
          choices: choices(catalog.goodsClasses),
        },
      ],
    };
    if (!channel) return [account];
    const way: Field[] =
      channel !== "stripe" && verifies(channel)
        ? [
            {
              kind: "choice",
              name: "verification",
              label: accounts.verification,
              help: accounts.verificationHelp[channel],
              required: true,
              choices: choices(accounts.verifications),
            },
          ]
        : [];
    const fields = [...way, ...credentials(channel, verification).map(of => credential(of, channel))];
    return [
      account,
      { title: accounts.channels[channel] + kit.aside(accounts.credentials), help: accounts.credentialsHelp, fields },
    ];
  };
}

/** What a field is called at its channel. */
export function useFieldNames(): (name: string, channel: Channel | undefined) => string {
  const { accounts } = useWords();
  const names: Record<string, string> = {
    name: accounts.name,
    fee_rate: accounts.feeRate,
    goods: accounts.goods,
    ...accounts.fields,
  };
  return (name, channel) => accounts.fieldsOf[channel ?? ""]?.[name] ?? names[name] ?? name;
}
