/** A product's picture, small. */

import type { Product } from "../api/types";

export const Thumb = ({ of }: { of: Pick<Product, "picture"> }) => (
  <img className="thumb" src={`/pictures/${of.picture ?? "goods"}.svg`} alt="" width="32" height="24" loading="lazy" />
);
