/** The codes of an order in clear: asked for on purpose, recorded, and gone when the window is closed. */

import { Modal } from "antd";
import { useState } from "react";
import { api } from "../api/client";
import { take } from "../api/problem";
import type { ContentFile, DeliveredCode, DeliveredContent, Delivery, Order } from "../api/types";
import { Act } from "../kit/act";
import { Copy, Facts, Id, When } from "../kit/values";
import { useCan } from "../session/context";
import { useWords } from "../words";
import { FileInClear } from "./shared-file";

export function Reveal({ order }: { order: Order }) {
  const { orders } = useWords();
  const can = useCan();
  const [shown, setShown] = useState<Delivery[]>([]);
  const pieces = order.lines.reduce((sum, line) => sum + line.delivered, 0);
  if (pieces === 0) return <p className="muted">{orders.nothingDelivered}</p>;
  const path = { params: { path: { id: order.id } } };
  return (
    <>
      <p className="muted">{orders.deliveredNote(pieces)}</p>
      {can("codes:reveal") && (
        <Act
          word={orders.showCodes}
          title={orders.showCodesTitle}
          text={orders.showCodesText(pieces)}
          reason="required"
          run={reason => take(api.POST("/v1/orders/{id}/reveal", { ...path, body: { reason } }))}
          done={revealed => setShown(revealed.deliveries ?? [])}
        />
      )}
      <Modal open={shown.length > 0} title={orders.codesOf} footer={null} onCancel={() => setShown([])} destroyOnHidden>
        {shown.map((delivery, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: codes have nothing else to be told apart by
          <InClear key={place} delivery={delivery} />
        ))}
      </Modal>
    </>
  );
}

/** A delivered piece: a code, a voucher with its code, or what its buyers share. */
export function InClear({ delivery: { code, voucher, content } }: { delivery: Delivery }) {
  const { orders, vouchers } = useWords();
  if (code) return <CodeInClear code={code} />;
  if (content) return <ContentInClear content={content} />;
  const text = voucher?.code;
  if (!text) return null;
  const shown = (
    <span className="clear">
      <code>{text}</code> <Copy text={text} />
    </span>
  );
  return (
    <div className="code-card">
      <Facts
        items={[
          [orders.voucherCode, shown],
          [vouchers.voucher, <Id key="id" id={voucher.id} />],
        ]}
      />
    </div>
  );
}

/** The newest version of what buyers share, and with which one it was bought. */
function ContentInClear({ content }: { content: DeliveredContent }) {
  const { contents } = useWords();
  const { version, newest } = content;
  return (
    <div className="code-card">
      <Facts
        items={[
          [contents.newest, contents.version(newest?.version ?? version)],
          [contents.title, <SharedInClear key="shared" shared={content} />],
        ]}
      />
      <p className="muted">{contents.bought(version)}</p>
    </div>
  );
}

/** What a version is: neither when it is damaged. */
export interface Clear {
  text?: string | null;
  file?: ContentFile | null;
}

/** A shared text or file in clear. */
export function SharedInClear({ shared }: { shared: Clear | undefined }) {
  const { contents } = useWords();
  if (shared?.file) return <FileInClear file={shared.file} />;
  const text = shared?.text;
  if (!text) return <>{contents.damaged}</>;
  return (
    <span className="clear">
      <code>{text}</code> <Copy text={text} />
    </span>
  );
}

function CodeInClear({ code }: { code: DeliveredCode }) {
  const { orders, codes, kit } = useWords();
  if (code.damaged) return <p className="code-card">{orders.damaged}</p>;
  const values = code.fields.map(({ name, value }): [string, React.ReactNode] => [
    name,
    <span key={name} className="clear">
      <code>{value}</code>
      <Copy text={value} label={`${kit.copy} ${name}`} />
    </span>,
  ]);
  const until: [string, React.ReactNode][] = code.valid_until
    ? [[codes.validUntil, <When key="u" at={code.valid_until} full />]]
    : [];
  return (
    <div className="code-card">
      <Facts items={[...values, ...until]} />
    </div>
  );
}
