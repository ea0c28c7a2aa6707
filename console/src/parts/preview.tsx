/** The buyer's page as it is, in a frame of a phone's size. */

import { useWords } from "../words";
import { useShop } from "./shop";

export function ShopPreview({ path = "", version }: { path?: string; version: number }) {
  const { catalog } = useWords();
  const shop = useShop();
  if (!shop) return null;
  const address = `${shop}${path}`;
  return (
    <figure className="preview">
      <figcaption>
        {catalog.preview}
        <a href={address} target="_blank" rel="noreferrer">
          {catalog.previewOpen} ↗
        </a>
      </figcaption>
      <iframe key={version} src={address} title={catalog.preview} loading="lazy" />
    </figure>
  );
}

export const ProductPreview = ({ product, on, version }: { product: string; on: boolean; version: number }) => {
  const { catalog } = useWords();
  if (!on) return <p className="muted">{catalog.previewOff}</p>;
  return <ShopPreview path={`/p/${product}`} version={version} />;
};
