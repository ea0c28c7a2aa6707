/** The guided first product: name and price, codes, on sale. Vouchers need no codes; a content is written in their place. */

import { useLocation } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useState } from "react";
import type { Product } from "../api/types";
import { Page } from "../kit/page";
import { Steps } from "../kit/steps";
import { readQuery } from "../lib/address";
import { type SoldKind, StepCodes, StepContent, StepSale, StepWhat } from "../parts/first-product";
import { isStocked } from "../parts/states";
import { useWords } from "../words";

const KINDS = ["code", "voucher", "content"] as const;

export default function NewProduct() {
  const { catalog } = useWords();
  const { searchStr } = useLocation();
  const [product, setProduct] = useState<Product>();
  const [codes, setCodes] = useState<number>();
  const [round, setRound] = useState(0);
  const wanted = KINDS.find(one => one === readQuery(searchStr).kind);
  const [kind, setKind] = useState<SoldKind>(wanted ?? "code");
  const { what, sale } = catalog.steps;
  const one = product?.skus[0];
  const stocked = one ? isStocked(one) : kind === "code";
  const between = stocked ? [catalog.steps.codes] : kind === "content" ? [catalog.steps.content] : [];
  const names = [what, ...between, sale];
  const at = codes !== undefined ? names.length - 1 : product ? 1 : 0;
  const kinds = KINDS.map(value => ({ value, label: catalog.kinds[value] }));
  const again = () => {
    setProduct(undefined);
    setCodes(undefined);
    setRound(round + 1);
  };
  return (
    <Page title={catalog.firstTitle} back={{ to: "/products", text: catalog.title }}>
      <Steps at={at} names={names} />
      {!product && (
        <div className="bar">
          <Segmented aria-label={catalog.kind} value={kind} options={kinds} onChange={setKind} />
          <span className="muted">{catalog.kindHelps[kind]}</span>
        </div>
      )}
      {!product && <StepWhat key={round} kind={kind} made={setProduct} />}
      {product && at < names.length - 1 && stocked && <StepCodes product={product} done={setCodes} />}
      {product && at < names.length - 1 && kind === "content" && <StepContent product={product} done={setCodes} />}
      {product && at === names.length - 1 && <StepSale product={product} codes={codes ?? 0} again={again} />}
    </Page>
  );
}
