/** A product's picture, small: those that the shop's pages draw themselves. */

import type { Product } from "../api/types";

const DRAWN = import.meta.glob<string>("../../../crates/pages/pictures/*.svg", {
  query: "?url",
  import: "default",
  eager: true,
});

const addressOf = (name: string): string | undefined => DRAWN[`../../../crates/pages/pictures/${name}.svg`];

export const Thumb = ({ of }: { of: Pick<Product, "picture"> }) => (
  <img
    className="thumb"
    src={addressOf(of.picture ?? "goods") ?? addressOf("goods")}
    alt=""
    width="32"
    height="24"
    loading="lazy"
  />
);
