/** The buyer's page as it is, in a frame of a phone's size, with what is typed here already painted into it. */

import { useCallback, useEffect, useRef } from "react";
import { useWords } from "../words";
import type { Paint } from "./paint";
import { useShop } from "./shop";

interface PreviewProps {
  version: number;
  /** Puts into the page what is not saved yet. */
  paint?: Paint | undefined;
}

export function ShopPreview({ path = "", version, paint }: PreviewProps & { path?: string }) {
  const { catalog } = useWords();
  const shop = useShop();
  const frame = useRef<HTMLIFrameElement>(null);
  const painted = useCallback(() => {
    const page = frame.current?.contentDocument;
    if (page?.querySelector("main")) paint?.(page);
  }, [paint]);
  useEffect(painted, [painted]);
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
      <iframe ref={frame} key={version} src={address} title={catalog.preview} loading="lazy" onLoad={painted} />
      {paint && <small className="muted">{catalog.previewNote}</small>}
    </figure>
  );
}

export const ProductPreview = ({ product, on, ...rest }: PreviewProps & { product: string; on: boolean }) => {
  const { catalog } = useWords();
  if (!on) return <p className="muted">{catalog.previewOff}</p>;
  return <ShopPreview path={`/p/${product}`} {...rest} />;
};
