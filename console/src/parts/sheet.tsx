/** Vouchers on A4 paper, ten a page: each with its QR, its code in groups, and what it is. */

import { QRCode } from "antd";
import type { DeliveredVoucher } from "../api/types";
import { Section } from "../kit/page";
import { useWords } from "../words";
import type { Printed } from "./made-vouchers";
import { useShopFace } from "./ticket";

const SIZE_PX = 112;

export function Sheet({ vouchers: all, of }: { vouchers: DeliveredVoucher[]; of: Printed }) {
  const { vouchers } = useWords();
  const { name: shop } = useShopFace();
  return (
    <Section title={vouchers.sheet} note={vouchers.sheetNote}>
      <ol className="sheet">{all.map(({ id, code }) => code && <Slip key={id} code={code} shop={shop} of={of} />)}</ol>
    </Section>
  );
}

function Slip({ code, shop, of }: { code: string; shop: string; of: Printed }) {
  const { vouchers, kit } = useWords();
  return (
    <li className="slip">
      {/* Whoever cannot see it reads the code beside it. */}
      <span aria-hidden="true">
        <QRCode value={code} type="svg" size={SIZE_PX} bordered={false} color="#000" bgColor="#fff" errorLevel="M" />
      </span>
      <div>
        <small>{shop}</small>
        <strong>{of.name}</strong>
        <span className="slip-worth">{of.worth}</span>
        <code>{code}</code>
        <small>{[of.valid, ...of.rules].join(kit.comma)}</small>
        <small>
          {vouchers.stores} {of.stores}
        </small>
      </div>
    </li>
  );
}
