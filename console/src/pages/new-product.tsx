/** The guided first product: name and price, codes, on sale. */

import { useState } from "react";
import type { Product } from "../api/types";
import { Page } from "../kit/page";
import { Steps } from "../kit/steps";
import { StepCodes, StepSale, StepWhat } from "../parts/first-product";
import { useWords } from "../words";

export default function NewProduct() {
  const { catalog } = useWords();
  const [product, setProduct] = useState<Product>();
  const [codes, setCodes] = useState<number>();
  const [round, setRound] = useState(0);
  const at = codes !== undefined ? 2 : product ? 1 : 0;
  const again = () => {
    setProduct(undefined);
    setCodes(undefined);
    setRound(round + 1);
  };
  return (
    <Page title={catalog.firstTitle} back={{ to: "/products", text: catalog.title }}>
      <Steps at={at} names={[catalog.steps.what, catalog.steps.codes, catalog.steps.sale]} />
      {at === 0 && <StepWhat key={round} made={setProduct} />}
      {at === 1 && product && <StepCodes product={product} done={setCodes} />}
      {at === 2 && product && <StepSale product={product} codes={codes ?? 0} again={again} />}
    </Page>
  );
}
