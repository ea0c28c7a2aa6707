/** What an approved act gave to whoever asked, which is shown once: a file of codes, codes, a key; else what came, as it is. */

import { Button } from "antd";
import type { ExportedCodes, Order } from "../api/types";
import { Copy } from "../kit/values";
import { count } from "../lib/money";
import { saveCsv } from "../lib/save";
import { useWords } from "../words";
import { InClear } from "./reveal";

const has = <T,>(given: unknown, name: keyof T & string): given is T =>
  typeof given === "object" && given !== null && name in given;

export function Given({ given }: { given: unknown }) {
  if (has<ExportedCodes>(given, "csv")) return <CodesFile of={given} />;
  if (has<Order>(given, "deliveries") && given.deliveries) {
    // biome-ignore lint/suspicious/noArrayIndexKey: codes have nothing else to be told apart by
    return given.deliveries.map((delivery, place) => <InClear key={place} delivery={delivery} />);
  }
  if (has<{ secret: string }>(given, "secret")) {
    return (
      <p className="code-card">
        <code className="whole">{given.secret}</code> <Copy text={given.secret} />
      </p>
    );
  }
  return <pre className="mono json">{JSON.stringify(given, null, 2)}</pre>;
}

function CodesFile({ of: { codes: n, damaged, csv } }: { of: ExportedCodes }) {
  const { codes } = useWords();
  return (
    <>
      <p>{codes.exported(count(n))}</p>
      {damaged > 0 && <p className="muted">{codes.exportDamaged(count(damaged))}</p>}
      <Button type="primary" onClick={() => saveCsv("codes.csv", csv)}>
        {codes.exportSave}
      </Button>
    </>
  );
}
