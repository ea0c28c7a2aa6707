/** The shop as buyers see it, with what is typed here already in it: it is painted into the frame, and saved nowhere. */

import { useCallback, useEffect, useRef } from "react";
import type { Shop } from "../api/types";
import { useWords } from "../words";
import type { Logo } from "./logo-input";
import { useShop } from "./shop";

export type ShopForm = Pick<Shop, "name" | "greeting" | "contact" | "colour"> & { logo?: Logo | null };

export function LiveShop({ version, typed }: { version: number; typed: Partial<ShopForm> }) {
  const { catalog, settings } = useWords();
  const shop = useShop();
  const frame = useRef<HTMLIFrameElement>(null);
  const paintIt = useCallback(() => {
    const page = frame.current?.contentDocument;
    if (page) paint(page, typed);
  }, [typed]);
  useEffect(paintIt, [paintIt]);
  if (!shop) return null;
  return (
    <figure className="preview">
      <figcaption>
        {catalog.preview}
        <a href={shop} target="_blank" rel="noreferrer">
          {catalog.previewOpen} ↗
        </a>
      </figcaption>
      <iframe ref={frame} key={version} src={shop} title={catalog.preview} onLoad={paintIt} />
      <small className="muted">{settings.previewNote}</small>
    </figure>
  );
}

/** Where one language is missing, the other stands in, as on the page itself. */
const said = (text: Partial<Shop["name"]> | undefined, page: Document): string | undefined => {
  const english = page.documentElement.lang.startsWith("en");
  const { zh, en } = text ?? {};
  return ((english ? (en ?? zh) : (zh ?? en)) as string | null | undefined) ?? undefined;
};

function paint(page: Document, { name, greeting, contact, colour, logo }: Partial<ShopForm>) {
  const put = (where: string, text: string | undefined) => {
    const there = page.querySelector(where);
    if (there && text !== undefined) there.textContent = text;
  };
  put(".top .shop span", said(name, page));
  put(".hero h1", said(name, page));
  put(".hero .muted", said(greeting, page) ?? "");
  put(".foot .wrap span:nth-of-type(2)", said(contact, page));
  if (/^#[0-9a-f]{6}$/i.test(colour ?? "")) {
    for (const token of ["--fill", "--ink"]) page.documentElement.style.setProperty(token, colour ?? "");
  }
  if (logo) page.querySelector<HTMLImageElement>(".top .shop img")?.setAttribute("src", logo.url);
}
