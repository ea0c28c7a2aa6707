/** A product's picture, small: one that the shop's pages draw themselves, or one that was uploaded. */

import type { Product } from "../api/types";
import { useShop } from "./shop";

const DRAWN = import.meta.glob<string>("../../../crates/pages/pictures/*.svg", {
  query: "?url",
  import: "default",
  eager: true,
});

const drawing = (name: string): string | undefined => DRAWN[`../../../crates/pages/pictures/${name}.svg`];

/** Where an uploaded picture of a shop is, given the shop's path. */
export const uploaded = (shop: string | undefined, picture: string): string | undefined =>
  shop && picture.startsWith("fil_") ? `${shop.replace(/^\/s\//, "/files/")}/${picture}/320` : undefined;

/** Where a picture is, whoever made it. */
export function pictureOf(shop: string | undefined, picture: string | null | undefined): string | undefined {
  const name = picture ?? "goods";
  return uploaded(shop, name) ?? drawing(name) ?? drawing("goods");
}

export function Thumb({ of }: { of: Pick<Product, "picture"> }) {
  const src = pictureOf(useShop(), of.picture);
  return <img className="thumb" src={src} alt="" width="32" height="24" loading="lazy" />;
}
