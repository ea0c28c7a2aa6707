//! Where a search looks: by ids, numbers, persons, codes, amounts and names, each by a key, and none that the caller may not
//! read.

use super::search::{HitKind, SearchHit};
use crate::inventory::find::{Wanted as WantedCode, find};
use ::insight::{folded, spellings};
use domain::catalog::Product;
use domain::identity::Scope;
use domain::insight::{KeyName, amount_key};
use domain::inventory::Import;
use domain::order::{ids_of_number, number_of};
use domain::payment::PayMethod;
use domain::payment::order_of;
use edge::auth::Caller;
use edge::problem::{ErrorCode, Problem};
use edge::wire::{CodeText, Wire};
use kernel::{
    BuyerId, CodeBatchId, Currency, Id16, ImportId, OrderId, PaymentId, ProductId, RefundId, SkuId,
    UnitCost,
};
use store::insight::Way;
use store::read::Page;

/// Things that an answer names, at most.
const HITS_MAX: usize = 20;
/// Orders that one key may bring.
const ORDERS_OF_KEY: u32 = 10;
/// Products and imports that are looked through by name, the newest.
const NAMED_MAX: u32 = 1_000;

/// A search that is under way.
pub struct Search<'a> {
    caller: &'a Caller,
    text: &'a str,
    hits: Vec<SearchHit>,
}

impl<'a> Search<'a> {
    /// Nothing was found yet.
    pub fn new(caller: &'a Caller, text: &'a str) -> Self {
        Self { caller, text, hits: Vec::new() }
    }

    /// Looks everywhere, first where only one thing can be meant.
    pub async fn all(mut self) -> Result<Vec<SearchHit>, Problem> {
        if self.text.is_empty() {
            return Ok(self.hits);
        }
        self.by_id().await?;
        self.by_number().await?;
        self.by_receipt().await?;
        self.by_code().await?;
        self.by_buyer().await?;
        self.by_answer().await?;
        self.by_amount().await?;
        self.by_product().await?;
        self.by_batch().await?;
        self.hits.truncate(HITS_MAX);
        Ok(self.hits)
    }

    fn may(&self, scope: Scope) -> bool {
        self.caller.may(scope).is_ok()
    }

    fn hit(&mut self, kind: HitKind, id: impl ToString, title: String) {
        let hit = SearchHit { kind, id: id.to_string(), title };
        if !self.hits.iter().any(|known| known.kind == kind && known.id == hit.id) {
            self.hits.push(hit);
        }
    }

    fn order(&mut self, id: OrderId) {
        self.hit(HitKind::Order, id, number_of(id));
    }

    fn batch(&mut self, import: &Import) {
        let title = import.name.clone().unwrap_or_else(|| import.batch.to_string());
        self.hit(HitKind::Batch, import.batch, title);
    }

    async fn orders_of(&mut self, name: KeyName, value: Id16) -> Result<(), Problem> {
        let start = (Way::Down, Way::Down.start());
        let reader = self.caller.reader();
        let found = reader.found_orders(self.caller.tenant(), (name, value), start, ORDERS_OF_KEY);
        for (_, id) in found.await? {
            self.order(id);
        }
        Ok(())
    }

    async fn by_id(&mut self) -> Result<(), Problem> {
        let (reader, tenant, text) = (self.caller.reader(), self.caller.tenant(), self.text);
        if let Ok(id) = OrderId::parse(text)
            && reader.order(tenant, id).await?.is_some()
        {
            self.order(id);
        } else if let Ok(id) = PaymentId::parse(text)
            && let Some(payment) = reader.payment(tenant, id).await?
        {
            self.hit(HitKind::Payment, id, payment.id.to_string());
            payment.order().into_iter().for_each(|order| self.order(order));
        } else if let Ok(id) = RefundId::parse(text)
            && let Some(refund) = reader.refund(tenant, id).await?
        {
            self.hit(HitKind::Refund, id, refund.id.to_string());
            refund.order.into_iter().for_each(|order| self.order(order));
        } else if let Ok(id) = BuyerId::parse(text)
            && self.may(Scope::WalletsRead)
            && reader.buyer(tenant, id).await?.is_some()
        {
            self.hit(HitKind::Buyer, id, id.to_string());
            self.orders_of(KeyName::Buyer, id.0).await?;
        } else if let Some(product) = self.product_of_id().await? {
            self.hit(HitKind::Product, product.id, product.name);
        }
        Ok(())
    }

    async fn product_of_id(&self) -> Result<Option<Product>, Problem> {
        let (reader, tenant) = (self.caller.reader(), self.caller.tenant());
        if !self.may(Scope::CatalogRead) {
            return Ok(None);
        }
        if let Ok(id) = ProductId::parse(self.text) {
            return Ok(reader.product(tenant, id).await?);
        }
        match SkuId::parse(self.text) {
            Ok(sku) => Ok(reader.product_of_sku(tenant, sku).await?),
            Err(_) => Ok(None),
        }
    }

    /// The number of an order, or the caller's own id for it.
    async fn by_number(&mut self) -> Result<(), Problem> {
        let (reader, tenant) = (self.caller.reader(), self.caller.tenant());
        if let Some((first, last)) = ids_of_number(self.text, self.caller.engine().now()) {
            let ids = reader.order_ids(tenant, (Way::Up, first), ORDERS_OF_KEY).await?;
            ids.into_iter().filter(|id| id.0 <= last).for_each(|id| self.order(id));
        }
        if let Some(own) = reader.order_by_external_id(tenant, self.text).await? {
            self.order(own.order.id);
        }
        Ok(())
    }

    /// The number that a payment channel gave to what it took.
    async fn by_receipt(&mut self) -> Result<(), Problem> {
        let (reader, tenant) = (self.caller.reader(), self.caller.tenant());
        let methods: Vec<i64> = PayMethod::ALL.iter().map(|method| *method as i64).collect();
        for (payment, order) in reader.receipts_numbered(tenant, &methods, self.text).await? {
            self.hit(HitKind::Payment, payment, self.text.to_owned());
            order_of(order, payment).into_iter().for_each(|order| self.order(order));
        }
        Ok(())
    }

    /// A code by its id, its number or its password: as one may look it up, and no further.
    async fn by_code(&mut self) -> Result<(), Problem> {
        if !self.may(Scope::CodesManage) {
            return Ok(());
        }
        let id = kernel::CodeId::parse(self.text).ok();
        let wanted = WantedCode {
            code: id.is_none().then(|| CodeText(self.text.to_owned())),
            fields: None,
            id: id.map(Wire),
        };
        let found = match find(self.caller, wanted).await {
            Ok(hit) => vec![hit.code],
            Err(problem) if problem.code == ErrorCode::NotFound => return Ok(()),
            Err(problem) if problem.code == ErrorCode::CodeAmbiguous => {
                let ids = problem.met.map(|met| met.ids).unwrap_or_default();
                let mut codes = Vec::with_capacity(ids.len());
                for id in ids.iter().filter_map(|id| kernel::CodeId::parse(id).ok()) {
                    codes.extend(self.caller.reader().code_by_id(self.caller.tenant(), id).await?);
                }
                codes
            }
            Err(problem) => return Err(problem),
        };
        for code in found {
            self.hit(HitKind::Code, code.id, code.id.to_string());
            if self.may(Scope::CodesImport) {
                let (reader, tenant) = (self.caller.reader(), self.caller.tenant());
                if let Some(import) = reader.import_by_batch(tenant, code.batch).await? {
                    self.batch(&import);
                }
            }
            if let Some((order, _)) = code.owner {
                self.order(order);
            }
        }
        Ok(())
    }

    async fn by_buyer(&mut self) -> Result<(), Problem> {
        let (reader, tenant) = (self.caller.reader(), self.caller.tenant());
        let tag = self.caller.vault().buyer_tag(tenant, self.text);
        let Some(buyer) = reader.buyer_by_tag(tenant, &tag).await? else { return Ok(()) };
        if self.may(Scope::WalletsRead) {
            self.hit(HitKind::Buyer, buyer.id, buyer.id.to_string());
        }
        self.orders_of(KeyName::Buyer, buyer.id.0).await
    }

    async fn by_answer(&mut self) -> Result<(), Problem> {
        let (vault, tenant) = (self.caller.vault(), self.caller.tenant());
        for spelling in spellings(self.text) {
            self.orders_of(KeyName::Answer, vault.answer_tag(tenant, &spelling)).await?;
        }
        Ok(())
    }

    /// An amount as people write it, in any currency.
    async fn by_amount(&mut self) -> Result<(), Problem> {
        let bare = self.text.trim_start_matches(['¥', '￥', '$', '€']).trim().replace(',', "");
        let mut amounts: Vec<i64> = [Currency::Cny, Currency::Jpy]
            .iter()
            .filter_map(|currency| minor_units(&bare, *currency))
            .collect();
        amounts.dedup();
        for amount in amounts {
            self.orders_of(KeyName::Amount, amount_key(amount)).await?;
        }
        Ok(())
    }

    async fn by_product(&mut self) -> Result<(), Problem> {
        if !self.may(Scope::CatalogRead) {
            return Ok(());
        }
        let text = folded(self.text);
        let page = Page { limit: NAMED_MAX, after: None };
        for product in self.caller.reader().products(self.caller.tenant(), page).await? {
            let english = product.presentation.en.as_ref().and_then(|en| en.name.as_deref());
            let skus = product.skus.iter().map(|sku| sku.terms.name.as_str());
            let mut names = std::iter::once(product.name.as_str()).chain(english).chain(skus);
            if names.any(|name| folded(name).contains(text.as_str())) {
                self.hit(HitKind::Product, product.id, product.name.clone());
            }
        }
        Ok(())
    }

    async fn by_batch(&mut self) -> Result<(), Problem> {
        if !self.may(Scope::CodesImport) {
            return Ok(());
        }
        let (reader, tenant) = (self.caller.reader(), self.caller.tenant());
        let by_id = match (CodeBatchId::parse(self.text), ImportId::parse(self.text)) {
            (Ok(batch), _) => reader.import_by_batch(tenant, batch).await?,
            (_, Ok(import)) => reader.import(tenant, import).await?,
            _ => None,
        };
        let named = match by_id {
            Some(import) => vec![import],
            None => {
                let text = folded(self.text);
                let page = Page { limit: NAMED_MAX, after: None };
                let mut all = reader.imports(tenant, page).await?;
                all.retain(|import| {
                    let name = import.name.as_deref();
                    name.is_some_and(|name| folded(name).contains(text.as_str()))
                });
                all
            }
        };
        named.iter().for_each(|import| self.batch(import));
        Ok(())
    }
}

/// A decimal number in minor units of a currency; none if it is no such number, has too many decimals, or is 0.
fn minor_units(text: &str, currency: Currency) -> Option<i64> {
    let fine = UnitCost::parse(text, currency).ok()?.amount;
    let minor = 10_i64.pow(4 - currency.exponent());
    (fine > 0 && fine % minor == 0).then_some(fine / minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, currency, minor) in [
            ("19.90", Currency::Cny, Some(1990)),
            ("19.9", Currency::Cny, Some(1990)),
            ("20", Currency::Cny, Some(2000)),
            ("20", Currency::Jpy, Some(20)),
            ("19.90", Currency::Jpy, None),
            ("19.905", Currency::Cny, None),
            ("0", Currency::Cny, None),
            ("-3", Currency::Cny, None),
            ("x", Currency::Cny, None),
        ] {
            assert_eq!(minor_units(text, currency), minor, "{text} {}", currency.code());
        }
    }
}
