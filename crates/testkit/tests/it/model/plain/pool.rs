//! The pool of codes: what comes in, what is in stock, what crosses its date.

use super::{Book, Code, Got, Made, Plain, Step, answer, refuse};
use domain::catalog::{Product, Sku};
use domain::inventory::CodeState;
use domain::inventory::expire_codes::ExpireCodes;
use domain::inventory::import_slice::ImportSlice;
use kernel::{SkuId, Tenant};

/// Codes that one sweep takes at most.
const SWEEP: usize = 500;

impl Plain {
    /// The codes of a slice come into the pool; which of its rows became codes, the engine knows.
    pub(super) fn bring(&mut self, tenant: Tenant, c: &ImportSlice) {
        let made: Vec<_> =
            c.rows.iter().map(|row| self.made.get(&row.identity.exact).copied()).collect();
        let book = self.book(tenant);
        let Some(import) = book.imports.get_mut(&c.import) else { return };
        import.records = c.to;
        for (row, made) in c.rows.iter().zip(made) {
            let Some(Made { id, doubtful }) = made else { continue };
            if book.codes.iter().any(|code| code.id == id) {
                continue;
            }
            book.codes.push(Code {
                id,
                sku: import.sku,
                batch: import.batch,
                valid_until: row.valid_until,
                state: if doubtful { CodeState::Doubtful } else { CodeState::Available },
                owner: None,
            });
        }
    }

    pub(super) fn expire_codes(&mut self, tenant: Tenant, c: &ExpireCodes, got: &Got) -> Step {
        if self.sku(tenant, c.sku).is_none() {
            return refuse("not_found");
        }
        self.sweep_now(tenant, c.sku);
        answer::<ExpireCodes>(got)
    }

    /// Codes in stock that are past their date, in order.
    pub(super) fn past_their_date(&mut self, tenant: Tenant, sku: SkuId) -> Vec<usize> {
        let days = self.sku(tenant, sku).map_or(0, |(_, sku)| sku.terms.min_days_left);
        let cutoff = self.now.plus_days(i64::from(days));
        let book = self.book(tenant);
        let mut stale = book.available(sku);
        stale.retain(|i| book.codes[*i].valid_until <= cutoff);
        stale
    }

    /// What is past its date and not kept by an order leaves stock.
    pub(super) fn sweep_now(&mut self, tenant: Tenant, sku: SkuId) {
        let free = usize::try_from(self.free_stock(tenant, sku)).unwrap_or(0);
        let mut stale = self.past_their_date(tenant, sku);
        stale.truncate(SWEEP.min(free));
        let book = self.book(tenant);
        for i in stale {
            book.codes[i].state = CodeState::Expired;
        }
    }

    /// Pieces in stock that no order keeps.
    pub(super) fn free_stock(&mut self, tenant: Tenant, sku: SkuId) -> i64 {
        let book = self.book(tenant);
        let kept = book.kept.values().filter(|kept| kept.sku == sku);
        book.available(sku).len() as i64 - kept.map(|kept| kept.amount).sum::<i64>()
    }

    /// A SKU in force, with its product.
    pub(super) fn sku(&self, tenant: Tenant, id: SkuId) -> Option<(&Product, &Sku)> {
        let products = self.books.get(&tenant)?.products.iter();
        products.flat_map(|p| p.skus.iter().map(move |sku| (p, sku))).find(|(_, sku)| sku.id == id)
    }
}

impl Book {
    /// The next version of a product.
    pub(super) fn save(&mut self, product: Product) {
        self.products.retain(|known| known.id != product.id);
        self.products.push(product.clone());
        self.editions.push(product);
    }

    /// Codes of a SKU in stock, as they are sold: nearest date first, then the smaller id.
    pub fn available(&self, sku: SkuId) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.codes.len())
            .filter(|i| self.codes[*i].sku == sku && self.codes[*i].state == CodeState::Available)
            .collect();
        found.sort_by_key(|i| (self.codes[*i].valid_until, self.codes[*i].id));
        found
    }
}
