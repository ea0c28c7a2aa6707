/** What can be done with a run: stopping it, and taking its codes once it has ended. */

import { InputNumber, Radio } from "antd";
import { useId, useState } from "react";
import type { VoucherRun } from "../api/types";
import { codesOf, type PrintFormat, runs } from "../api/voucher-runs";
import { Act } from "../kit/act";
import { count } from "../lib/money";
import { save } from "../lib/save";
import { useCan } from "../session/context";
import { useWords } from "../words";

/** Vouchers of one PDF. */
const PDF_MOST = 2_000;

export function RunActs({ of, done }: { of: VoucherRun; done: () => void }) {
  const { vouchers } = useWords();
  const can = useCan();
  if (!can("vouchers:write")) return null;
  if (of.state === "running")
    return (
      <Act
        word={vouchers.stop}
        danger
        small
        title={vouchers.stopTitle}
        text={vouchers.stopText(count(of.made))}
        run={() => runs.stop(of.id)}
        done={done}
      />
    );
  return of.made > 0 && <TakeCodes of={of} />;
}

function TakeCodes({ of }: { of: VoucherRun }) {
  const { vouchers } = useWords();
  const [format, setFormat] = useState<PrintFormat>("csv");
  const [from, setFrom] = useState(1);
  const [named, numbered] = [useId(), useId()];
  const run = async () => save(`${of.id}-${from}.${format}`, await codesOf(of.id, { format, from }));
  return (
    <Act word={vouchers.takeCodes} small title={vouchers.takeCodes} text={vouchers.takeCodesText} run={run}>
      <h3 id={named}>{vouchers.format}</h3>
      <Radio.Group
        aria-labelledby={named}
        className="radios"
        value={format}
        onChange={event => setFormat(event.target.value)}
      >
        {(["csv", "xlsx", "pdf"] as const).map(value => (
          <Radio key={value} value={value}>
            {vouchers.formats[value]}
          </Radio>
        ))}
      </Radio.Group>
      <h3>
        <label htmlFor={numbered}>{vouchers.fromNumber}</label>
      </h3>
      <InputNumber
        id={numbered}
        className="short"
        precision={0}
        min={1}
        max={of.made}
        value={from}
        onChange={next => setFrom(next ?? 1)}
      />
      {format === "pdf" && of.made > PDF_MOST && <p className="muted">{vouchers.pdfMost(count(PDF_MOST))}</p>}
    </Act>
  );
}
