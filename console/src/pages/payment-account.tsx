/** An account at a payment channel: a new one, or one that is there, with its test, its notice address and its history. */

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FormPage } from "../kit/form-page";
import { Page, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { changedBody, freshBody, type PaymentAccount } from "../lib/payment-account";
import type { Kind } from "../lib/resource";
import { History } from "../parts/history";
import { resources } from "../parts/kinds";
import { OfKind } from "../parts/of-kind";
import { AccountActs, AccountState, PLURAL } from "../parts/payment-account-acts";
import { useAccountGroups } from "../parts/payment-account-form";
import { AccountTest, NoticeAddress } from "../parts/payment-account-test";
import { useWords } from "../words";

export default function PaymentAccountPage() {
  return (
    <OfKind plural={PLURAL}>{(kind, id) => (id ? <There kind={kind} id={id} /> : <Account kind={kind} />)}</OfKind>
  );
}

function There({ kind, id }: { kind: Kind; id: string }) {
  const { accounts } = useWords();
  const asked = useQuery({ queryKey: ["resource", id], queryFn: () => resources.get(PLURAL, id) });
  if (asked.error)
    return (
      <Page title={accounts.one} back={{ to: `/${PLURAL}`, text: accounts.title }}>
        <Trouble error={asked.error} />
      </Page>
    );
  if (!asked.data) return <Waiting />;
  return (
    <>
      <Account key={asked.data.version} kind={kind} one={asked.data as PaymentAccount} />
      <History kind={kind} one={asked.data} />
    </>
  );
}

const FRESH: Partial<PaymentAccount> = { enabled: true, fee_rate: 60, verification: "public_key" };

function Account({ kind, one }: { kind: Kind; one?: PaymentAccount }) {
  const { accounts } = useWords();
  const navigate = useNavigate();
  const hidden = Object.fromEntries(kind.fields.filter(field => field.secret).map(field => [field.name, undefined]));
  return (
    <FormPage<Partial<PaymentAccount>, unknown>
      title={one ? one.name : accounts.newOne}
      intro={one && <AccountState of={one} />}
      back={{ to: `/${PLURAL}`, text: accounts.title }}
      acts={one && <AccountActs kind={kind} of={one} />}
      groups={useAccountGroups(one)}
      initial={one ? { ...one, ...hidden } : FRESH}
      save={(values, changed) =>
        one ? resources.edit(PLURAL, one, changedBody(values, changed)) : resources.create(PLURAL, freshBody(values))
      }
      saved={made => !one && void navigate({ to: `/${PLURAL}/${(made as PaymentAccount).id}` })}
      beside={values => (
        <>
          <AccountTest values={values} one={one} />
          <NoticeAddress values={values} one={one} />
        </>
      )}
    />
  );
}
