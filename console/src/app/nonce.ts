/**
 * The server's nonce for styles that are made while the page runs (docs/adr/0030). Ant Design takes it for its own;
 * a few of its helpers (scroll lock, scroll bar's width) make style elements without asking, so each one gets it here.
 */

export const NONCE = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

const make = document.createElement;

document.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
  const element = make.call(this, name, options);
  if (name === "style") element.nonce = NONCE;
  return element;
} as typeof document.createElement;
