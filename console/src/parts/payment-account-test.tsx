/** Whether a channel takes credentials, asked before an account is saved or after, and where it sends its notices. */

import { useMutation } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { call } from "../api/client";
import { ProblemError, take } from "../api/problem";
import type { AccountCheck } from "../api/types";
import { Section } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Copy } from "../kit/values";
import { freshBody, namesOf, type PaymentAccount } from "../lib/payment-account";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { useFieldNames } from "./payment-account-form";

interface Of {
  /** What is typed. */
  values: Partial<PaymentAccount>;
  /** What is stored, if it is. */
  one?: PaymentAccount | undefined;
}

const TONES = { good: "success", refused: "error", unknown: "warning" } as const;

export function AccountTest({ values, one }: Of) {
  const { accounts } = useWords();
  const can = useCan();
  const asked = JSON.stringify(one ? one.version : namesOf(values).map(name => values[name] ?? null));
  const testing = useMutation({ gcTime: 0, mutationFn: (_: string) => check({ values, one }) });
  // What was tried is no longer what stands there.
  const fresh = testing.variables === asked;
  if (!values.channel || !can("payment_account:write")) return null;
  return (
    <Section title={accounts.test}>
      <p className="muted">{one ? accounts.testStoredIntro : accounts.testIntro}</p>
      <Button onClick={() => testing.mutate(asked)} loading={testing.isPending}>
        {one ? accounts.testStored : accounts.test}
      </Button>
      <div role="status" className="told">
        {testing.isPending && <p className="muted">{accounts.testing}</p>}
        {fresh && testing.data && <Told of={testing.data} />}
        {fresh && testing.error && <Unfit error={testing.error} channel={values.channel} />}
      </div>
    </Section>
  );
}

async function check({ values, one }: Of): Promise<AccountCheck> {
  if (one) return take(call<AccountCheck>("POST", `/v1/payment-accounts/${one.id}/check`, {}));
  // Credentials can be tried before there is a name or a rate.
  const { fee_rate: _, ...typed } = freshBody(values);
  return take(call<AccountCheck>("POST", "/v1/payment-accounts/check", { name: "–", ...typed }));
}

function Told({ of: { outcome, code, detail } }: { of: AccountCheck }) {
  const { accounts, kit } = useWords();
  const said = [code, detail].filter(Boolean).join(" · ");
  return (
    <Alert
      type={TONES[outcome]}
      showIcon
      title={accounts[outcome]}
      description={
        <>
          <p>{accounts[`${outcome}Text`]}</p>
          {said && (
            <p className="whole">
              {accounts.said}
              {kit.colon}
              <code>{said}</code>
            </p>
          )}
        </>
      }
    />
  );
}

/** Fields that cannot be right; the channel was not asked. */
function Unfit({ error, channel }: { error: unknown; channel: PaymentAccount["channel"] }) {
  const { accounts, kit } = useWords();
  const nameOf = useFieldNames();
  const wrong = (error instanceof ProblemError && error.problem.errors) || [];
  if (wrong.length === 0) return <Trouble error={error} />;
  return (
    <Alert
      type="warning"
      showIcon
      title={accounts.incomplete}
      description={wrong.map(({ field, detail }) => (
        <p key={field}>
          <b>{nameOf(field, channel)}</b>
          {kit.colon}
          {accounts.wrong[field] ?? detail}
        </p>
      ))}
    />
  );
}

/** Where a channel tells of this account's payments; the API answers below the address that the console was opened by. */
export function NoticeAddress({ values: { channel }, one }: Of) {
  const { accounts } = useWords();
  if (!channel) return null;
  const url = one && `${location.origin}/notify/${channel}/${one.id}`;
  return (
    <Section title={accounts.noticeUrl}>
      {url ? (
        <p className="whole">
          <code>{url}</code> <Copy text={url} />
        </p>
      ) : (
        <p>{accounts.noticeLater}</p>
      )}
      <p className="muted">{accounts.noticeText[channel]}</p>
    </Section>
  );
}
