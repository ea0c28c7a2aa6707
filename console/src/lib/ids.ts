/** Ids say by their prefix what they name; so a pasted id finds its page. */

const PAGES: Record<string, (id: string) => string> = {
  ord: id => `/orders/${id}`,
  pay: id => `/payments/${id}`,
  rfd: id => `/refunds/${id}`,
  prd: id => `/products/${id}`,
  sku: id => `/skus/${id}`,
  imp: id => `/imports/${id}`,
  bat: id => `/batches/${id}`,
  byr: id => `/wallets/${id}`,
  acc: id => `/ledger/${id}`,
  apv: id => `/approvals/${id}`,
  req: id => `/requests/${id}`,
  pac: id => `/payment-accounts/${id}`,
  trf: id => `/transfers/${id}`,
  vch: id => `/vouchers/${id}`,
  sto: id => `/stores/${id}`,
};

const ID = /^([a-z]{3})_[0-9a-z]{26}$/;

export const prefix = (id: string): string | undefined => ID.exec(id)?.[1];

/** The page of what an id names; nothing for what has no page. */
export const pageOf = (id: string): string | undefined => PAGES[prefix(id) ?? ""]?.(id);

/** `ord_…8v0kts`, for where the whole one has no room. */
export const brief = (id: string): string => (id.length > 14 ? `${id.slice(0, 4)}…${id.slice(-6)}` : id);
