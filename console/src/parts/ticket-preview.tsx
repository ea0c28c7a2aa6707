/** The ticket as a buyer will hold it, while its SKU is filled in. */

import type { Currency } from "../api/types";
import { useMerchant } from "../session/context";
import { useWords } from "../words";
import { rulesOf } from "./rules";
import { useStoreName } from "./stores";
import { Ticket } from "./ticket";
import { validOfTerms } from "./validity";
import type { TermsForm } from "./voucher-terms";

export function TicketPreview({ name, currency, of }: { name: string; currency: Currency; of: TermsForm }) {
  const words = useWords();
  const { vouchers, kit } = words;
  const { zone } = useMerchant();
  const storeName = useStoreName();
  const { type, uses, amount } = of.voucher ?? {};
  // What cannot be read as money yet is none.
  const money = amount && typeof amount === "object" ? amount : { amount: 0, currency };
  const total = type === "amount" ? money : (uses ?? 0);
  const stores = (of.stores ?? []).map(storeName).join(kit.comma) || vouchers.allStores;
  return (
    <figure className="sketch phone">
      <figcaption>
        {vouchers.preview} <small className="muted">{vouchers.previewNote}</small>
      </figcaption>
      <Ticket
        of={{ name, total, remaining: total, valid: validOfTerms(of, zone, words), stores, rules: rulesOf(of, words) }}
      />
    </figure>
  );
}
