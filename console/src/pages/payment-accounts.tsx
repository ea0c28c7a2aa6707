/** A merchant's accounts at payment channels. */

import { Link } from "@tanstack/react-router";
import { type Column, ListPage } from "../kit/list-page";
import { Go } from "../kit/page";
import { When } from "../kit/values";
import { numberOf, type PaymentAccount, verifies } from "../lib/payment-account";
import { percent } from "../lib/percent";
import { resources } from "../parts/kinds";
import { AccountState, AccountSwitch, PLURAL } from "../parts/payment-account-acts";
import { useCan, useMerchant } from "../session/context";
import { useWords } from "../words";

export default function PaymentAccounts() {
  const { accounts, settings } = useWords();
  const { mode } = useMerchant();
  const can = useCan();
  const fresh = can("payment_account:write") && (
    <Go to={`/${PLURAL}/new`} primary>
      {accounts.newOne}
    </Go>
  );
  const columns: Column<PaymentAccount>[] = [
    { key: "name", title: accounts.name, sort: true, cell: one => <Link to={`/${PLURAL}/${one.id}`}>{one.name}</Link> },
    { key: "channel", title: accounts.channel, cell: one => accounts.channels[one.channel] },
    { key: "state", title: accounts.state, fields: ["enabled"], cell: one => <AccountState of={one} /> },
    { key: "number", title: accounts.number, fields: ["mchid", "app_id"], cell: one => <code>{numberOf(one)}</code> },
    { key: "fee_rate", title: accounts.feeRate, number: true, cell: one => percent(one.fee_rate) },
    {
      key: "verification",
      title: accounts.verification,
      cell: one => (verifies(one.channel) ? accounts.verifications[one.verification] : "–"),
    },
    { key: "edited_at", title: settings.updated, extra: true, cell: one => <When at={one.edited_at} /> },
    { key: "acts", title: "", cell: one => <AccountSwitch of={one} /> },
  ];
  return (
    <ListPage
      title={accounts.title}
      intro={mode === "test" ? accounts.introTest : accounts.intro}
      acts={fresh}
      name={PLURAL}
      columns={columns}
      load={async wanted => (await resources.list(PLURAL, wanted)) as { data: PaymentAccount[]; next?: string | null }}
      id={one => one.id}
      empty={{ title: accounts.emptyTitle, text: accounts.emptyText, act: fresh }}
    />
  );
}
