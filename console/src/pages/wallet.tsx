/** One buyer's wallet: what is in it, and how it came there. */

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import { PAGE } from "../api/pages";
import { codeOf, take } from "../api/problem";
import type { Wallet } from "../api/types";
import { type Column, List } from "../kit/list-page";
import { Go, Nothing, Page, Section, Waiting } from "../kit/page";
import { Trouble } from "../kit/trouble";
import { Amount, Facts, Id, When } from "../kit/values";
import { UnmaskBuyer } from "../parts/unmask";
import { useCan } from "../session/context";
import { useWords } from "../words";

type Entry = Awaited<ReturnType<typeof entries>>["data"][number];

const entries = (id: string, after?: string) =>
  take(api.POST("/v1/wallets/entries", { body: { buyer: { id }, limit: PAGE, ...(after && { after }) } }));

export default function WalletPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { money, frame } = useWords();
  const can = useCan();
  const asked = useQuery({
    queryKey: ["wallets", id],
    queryFn: () => take(api.POST("/v1/wallets/lookup", { body: { buyer: { id } } })),
  });
  const columns: Column<Entry>[] = [
    { key: "at", title: money.at, cell: one => <When at={one.at} /> },
    { key: "reason", title: money.why, cell: one => money.reasons[one.reason] },
    {
      key: "amount",
      fields: ["amount", "unit"],
      title: money.amount,
      number: true,
      cell: one => <Amount money={one.amount} />,
    },
    { key: "balance", title: money.after, number: true, cell: one => <Amount money={one.balance} /> },
    { key: "subject", title: money.subject, cell: one => <Id id={one.subject} /> },
  ];
  const act = (
    <>
      <UnmaskBuyer id={id} />
      {can("orders:read") && <Go to={`/orders?buyer=${id}`}>{frame.pages.orders}</Go>}
      {can("wallets:write") && <Go to={`/wallets/credit?buyer=${id}`}>{money.credit}</Go>}
    </>
  );
  return (
    <Page title={money.walletsTitle} back={{ to: "/wallets", text: money.walletsTitle }} acts={act}>
      {asked.isPending && <Waiting />}
      {asked.error &&
        (codeOf(asked.error) === "not_found" ? (
          <Nothing title={money.noWallet} text={money.walletsEmptyText} />
        ) : (
          <Trouble error={asked.error} />
        ))}
      {asked.data && <WalletFacts wallet={asked.data} />}
      <Section title={money.entries}>
        <List
          name="wallet-entries"
          of={id}
          columns={columns}
          id={one => one.id}
          load={({ after }) => entries(id, after)}
          empty={{ title: money.entriesEmptyTitle, text: money.entriesEmptyText }}
        />
      </Section>
    </Page>
  );
}

function WalletFacts({ wallet }: { wallet: Wallet }) {
  const { money } = useWords();
  const available = { ...wallet.balance, amount: wallet.balance.amount - wallet.held.amount };
  return (
    <Section title={money.balance}>
      <Facts
        items={[
          [money.buyer, <Id key="buyer" id={wallet.buyer.id} whole />],
          [money.balance, <Amount key="balance" money={wallet.balance} />],
          [money.held, <Amount key="held" money={wallet.held} />],
          [money.available, <Amount key="available" money={available} />],
        ]}
      />
    </Section>
  );
}
