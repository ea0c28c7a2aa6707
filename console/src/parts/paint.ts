/** Paints what is typed into a buyer's page that is framed beside a form. It is seen there alone, and saved nowhere. */

import type { ProductChange, Shop, SkuChange } from "../api/types";
import { written } from "../lib/money";
import type { Logo } from "./logo-input";
import type { Stored } from "./upload-button";

export type Paint = (page: Document) => void;

export type ShopForm = Pick<Shop, "name" | "greeting" | "contact" | "colour"> & {
  logo?: Logo | null;
  share?: Stored | null;
};

const isEnglish = (page: Document): boolean => page.documentElement.lang.startsWith("en");

function put(page: Document, where: string, text: string | null | undefined) {
  const there = page.querySelector(where);
  if (there && typeof text === "string") there.textContent = text;
}

/** Another picture, or again the one that the page came with. */
function show(page: Document, where: string, url: string | undefined) {
  const there = page.querySelector<HTMLImageElement>(where);
  if (!there) return;
  there.dataset.was ??= there.getAttribute("src") ?? "";
  there.setAttribute("src", url ?? there.dataset.was);
}

/** Where one language is missing, the other stands in, as on the page itself. */
function said(page: Document, text: Partial<Shop["name"]> | undefined): string | undefined {
  const { zh, en } = text ?? {};
  return (isEnglish(page) ? en || zh : zh || en) || undefined;
}

export const paintShop =
  ({ name, greeting, contact, colour, logo }: Partial<ShopForm>): Paint =>
  page => {
    put(page, ".top .shop span", said(page, name));
    put(page, ".hero h1", said(page, name));
    put(page, ".hero .muted", said(page, greeting) ?? "");
    put(page, ".foot .wrap span:nth-of-type(2)", said(page, contact));
    if (/^#[0-9a-f]{6}$/i.test(colour ?? "")) {
      for (const token of ["--fill", "--ink"]) page.documentElement.style.setProperty(token, colour ?? "");
    }
    show(page, ".top .shop img", logo?.url);
  };

/** `pictured` is where its picture is seen, when that is another one than it was. */
export const paintProduct =
  ({ name, description, en }: Partial<ProductChange>, pictured: string | undefined): Paint =>
  page => {
    const english = isEnglish(page) ? en : undefined;
    put(page, ".info h1", english?.name || name);
    put(page, ".info h1 + p", english?.description || description || "");
    show(page, ".shot", pictured);
  };

export const paintSku =
  (id: string, { name, en, price }: Pick<SkuChange, "name" | "en" | "price">): Paint =>
  page => {
    const face = `input[value="${id}"] + .face`;
    put(page, `${face} b`, (isEnglish(page) && en?.name) || name);
    const there = page.querySelector(`${face} .price`);
    if (!there || !price || typeof price !== "object") return;
    const [, sign = "", whole = "", part = ""] = /^(\D+)([\d,]+)(.*)$/.exec(written(price)) ?? [];
    const small = (name: string, text: string) =>
      Object.assign(page.createElement("span"), { className: name, textContent: text });
    there.replaceChildren(small("s", sign), whole, small("f", part));
  };
