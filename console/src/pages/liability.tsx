/** Vouchers that were sold and are not used: money that is not earned yet, and what is left of each SKU's. */

import { Link } from "@tanstack/react-router";
import { Go, Nothing, Page, Section, Waiting } from "../kit/page";
import { Table } from "../kit/table";
import { Trouble } from "../kit/trouble";
import { count } from "../lib/money";
import { LedgerAmount } from "../parts/ledger";
import { type Liability, type LiabilityRow, type Sum, useLiability } from "../parts/liability";
import { SkuLink } from "../parts/sku-link";
import { useWords } from "../words";

export default function LiabilityPage() {
  const { vouchers } = useWords();
  const asked = useLiability();
  return (
    <Page
      title={vouchers.liability}
      intro={vouchers.liabilityIntro}
      back={{ to: "/vouchers", text: vouchers.title }}
      acts={<Go to="/ledger">{vouchers.toLedger}</Go>}
    >
      {asked.error && <Trouble error={asked.error} retry={() => void asked.refetch()} />}
      {asked.isPending && <Waiting />}
      {asked.data && <Told of={asked.data} />}
    </Page>
  );
}

function Told({ of: { unearned, rows, cut } }: { of: Liability }) {
  const { vouchers } = useWords();
  if (rows.length === 0) return <Nothing title={vouchers.liabilityEmpty} text={vouchers.liabilityEmptyText} />;
  return (
    <>
      {cut !== undefined && <p className="attention">{vouchers.liabilityCut(count(cut))}</p>}
      {unearned.length > 0 && (
        <div className="numbers">
          {unearned.map(one => (
            <Link key={one.id} to={`/ledger/${one.id}`}>
              <span>{vouchers.unearned}</span>
              <strong>
                <LedgerAmount {...one} />
              </strong>
              <span className="muted">{vouchers.unearnedNote}</span>
            </Link>
          ))}
        </div>
      )}
      <Section title={vouchers.templates} note={vouchers.liabilityNote}>
        <Templates of={rows} />
      </Section>
    </>
  );
}

function Templates({ of }: { of: LiabilityRow[] }) {
  const { vouchers } = useWords();
  const number = (key: "granted" | "redeemed" | "lapsed" | "outstanding", title: string) => ({
    key,
    title,
    number: true,
    cell: (row: LiabilityRow) => <Much of={row[key]} />,
  });
  const columns = [
    { key: "sku", title: vouchers.sku, cell: (row: LiabilityRow) => <SkuLink id={row.sku} /> },
    number("granted", vouchers.granted),
    number("redeemed", vouchers.redeemedSum),
    number("lapsed", vouchers.lapsed),
    number("outstanding", vouchers.outstanding),
  ];
  return <Table rows={of} id={row => `${row.sku} ${row.unit}`} columns={columns} />;
}

/** Uses or money, with the account that it stands in. */
function Much({ of }: { of: Sum | undefined }) {
  const { vouchers } = useWords();
  if (!of) return <>–</>;
  const text = of.unit.startsWith("sku_") ? vouchers.uses(count(Number(of.amount))) : <LedgerAmount {...of} />;
  return <Link to={`/ledger/${of.id}`}>{text}</Link>;
}
