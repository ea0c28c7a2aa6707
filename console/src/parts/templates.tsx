/** SKUs that are vouchers: how one looks, and what to do where there is none. */

import { Go, Nothing, Page } from "../kit/page";
import { useWords } from "../words";
import type { NamedSku } from "./catalog";
import { TicketPreview } from "./ticket-preview";
import { toTerms } from "./voucher-terms";

export function NoTemplates() {
  const { vouchers, catalog } = useWords();
  return (
    <Page title={vouchers.makeTitle} back={{ to: "/vouchers", text: vouchers.title }}>
      <Nothing title={vouchers.noTemplates} text={vouchers.noTemplatesText}>
        <Go to="/products/new?kind=voucher">{catalog.newProduct}</Go>
      </Nothing>
    </Page>
  );
}

export function TemplatePreview({ of }: { of: NamedSku | undefined }) {
  return of && <TicketPreview name={of.name} currency={of.sku.price.currency} of={toTerms(of.sku)} />;
}
