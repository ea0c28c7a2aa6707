//! Merchants, keys, products, SKUs.

use super::{Got, Plain, Step, answer, refuse, same};
use domain::Listed;
use domain::catalog::create_product::CreateProduct;
use domain::catalog::edit_product::{EditProduct, EditSku};
use domain::catalog::{Presentation, Product, Sku, SkuTerms};
use domain::identity::ApiKey;
use domain::identity::create_api_key::CreateApiKey;
use domain::identity::create_merchant::CreateMerchant;
use domain::identity::revoke_api_key::RevokeApiKey;
use domain::shop::edit_shop::{EditShop, NewLogo};
use domain::shop::{Logo, LogoFormat};
use domain::work::{Work, WorkKey, WorkKind};
use kernel::colour::contrast;
use kernel::{Colour, Mode, SkuId, Tenant, Timestamp};
use std::collections::BTreeSet;

impl Plain {
    pub(super) fn create_merchant(
        &mut self,
        tenant: Tenant,
        c: &CreateMerchant,
        got: &Got,
    ) -> Step {
        if c.name.is_empty() || c.name.chars().count() > 200 {
            return refuse("invalid");
        }
        let id = answer::<CreateMerchant>(got)?;
        self.merchants.insert(id, (c.name.clone(), c.zone.clone(), self.now));
        for mode in [Mode::Live, Mode::Test] {
            self.book(Tenant::new(id, mode));
        }
        self.fact(tenant, "merchant.created", id.0);
        Ok(())
    }

    pub(super) fn create_api_key(&mut self, tenant: Tenant, c: &CreateApiKey, got: &Got) -> Step {
        if !self.knows(c.tenant) {
            return refuse("not_found");
        }
        if c.name.is_empty() || c.name.chars().count() > 200 || c.scopes.is_empty() {
            return refuse("invalid");
        }
        if c.requests_per_minute == Some(0) || c.expires_at.is_some_and(|end| end <= self.now) {
            return refuse("invalid");
        }
        let made = answer::<CreateApiKey>(got)?;
        let key = ApiKey {
            id: made.id,
            tenant: c.tenant,
            hash: c.hash,
            name: c.name.clone(),
            scopes: c.scopes.clone(),
            requests_per_minute: c.requests_per_minute,
            created_at: self.now,
            revoked_at: None,
            expires_at: c.expires_at,
        };
        same("the key", &key, &*made)?;
        self.keys.insert(key.id, key);
        self.fact(tenant, "api_key.created", made.id.0);
        Ok(())
    }

    pub(super) fn revoke_api_key(&mut self, tenant: Tenant, c: &RevokeApiKey, got: &Got) -> Step {
        let now = self.now;
        let found = self.keys.get_mut(&c.key).filter(|key| key.tenant.merchant() == c.merchant);
        let Some(key) = found else { return refuse("not_found") };
        let first = key.revoked_at.is_none();
        key.revoked_at = Some(key.revoked_at.unwrap_or(now));
        let revoked = answer::<RevokeApiKey>(got)?;
        same("the key", &*key, &*revoked)?;
        if first {
            self.fact(tenant, "api_key.revoked", c.key.0);
        }
        Ok(())
    }

    pub(super) fn create_product(&mut self, tenant: Tenant, c: &CreateProduct, got: &Got) -> Step {
        let skus = 1..=100;
        let good = good_name(&c.name) && good_page(&c.presentation);
        if !good || !skus.contains(&c.skus.len()) || !c.skus.iter().all(good_terms) {
            return refuse("invalid");
        }
        if !self.knows(tenant) {
            return refuse("not_found");
        }
        let made = answer::<CreateProduct>(got)?;
        let ids = made.skus.iter().map(|sku| sku.id);
        let skus = c.skus.iter().zip(ids).map(|(terms, id)| Sku { id, terms: terms.clone() });
        let product = Product {
            id: made.id,
            version: 0,
            name: c.name.clone(),
            description: c.description.clone(),
            presentation: c.presentation.clone(),
            on_shelf: c.on_shelf,
            skus: skus.collect(),
            created_at: self.now,
        };
        self.save::<CreateProduct>(tenant, product, "product.created", got)
    }

    pub(super) fn edit_product(&mut self, tenant: Tenant, c: &EditProduct, got: &Got) -> Step {
        let mut products = self.book(tenant).products.iter();
        let Some(mut product) = products.find(|p| p.id == c.product).cloned() else {
            return refuse("not_found");
        };
        if let Some(name) = &c.name {
            if !good_name(name) {
                return refuse("invalid");
            }
            product.name = name.clone();
        }
        if let Some(description) = &c.description {
            product.description.clone_from(description);
        }
        let (page, change) = (&mut product.presentation, c.presentation.clone());
        set(&mut page.picture, change.picture);
        set(&mut page.category, change.category);
        set(&mut page.guide, change.guide);
        set(&mut page.input, change.input);
        set(&mut page.en, change.en);
        if !good_page(page) {
            return refuse("invalid");
        }
        if let Some(on_shelf) = c.on_shelf {
            product.on_shelf = on_shelf;
        }
        self.save::<EditProduct>(tenant, product, "product.edited", got)
    }

    pub(super) fn edit_sku(&mut self, tenant: Tenant, c: &EditSku, got: &Got) -> Step {
        let mut products = self.book(tenant).products.iter();
        let found = products.find(|p| p.skus.iter().any(|sku| sku.id == c.sku)).cloned();
        let Some(mut product) = found else { return refuse("not_found") };
        let mut skus = product.skus.iter_mut();
        let Some(sku) = skus.find(|sku| sku.id == c.sku) else { return refuse("not_found") };
        let terms = &mut sku.terms;
        let (days, currency) = (terms.min_days_left, terms.price.currency);
        let change = c.change.clone();
        set(&mut terms.name, change.name);
        set(&mut terms.price, change.price);
        set(&mut terms.list_price, change.list_price);
        set(&mut terms.cost, change.cost);
        set(&mut terms.tax_code, change.tax_code);
        set(&mut terms.limits, change.limits);
        set(&mut terms.sale_from, change.sale_from);
        set(&mut terms.sale_until, change.sale_until);
        set(&mut terms.stock_alarm, change.stock_alarm);
        set(&mut terms.min_days_left, change.min_days_left);
        set(&mut terms.refund, change.refund);
        set(&mut terms.returned_codes, change.returned_codes);
        set(&mut terms.code_fields, change.code_fields);
        set(&mut terms.en, change.en);
        set(&mut terms.on_shelf, change.on_shelf);
        if terms.price.currency != currency || !good_terms(terms) {
            return refuse("invalid");
        }
        let sweep = terms.min_days_left != days;
        self.save::<EditSku>(tenant, product, "product.edited", got)?;
        if sweep {
            self.ring(tenant, c.sku, self.now);
        }
        Ok(())
    }

    /// The next version of a product, as the engine must have it too.
    fn save<V: Listed<Answer = Box<Product>>>(
        &mut self,
        tenant: Tenant,
        product: Product,
        kind: &'static str,
        got: &Got,
    ) -> Step {
        let book = self.book(tenant);
        let product = Product { version: book.version + 1, ..product };
        let saved = answer::<V>(got)?;
        same("the product", &product, &*saved)?;
        book.version += 1;
        book.products.retain(|p| p.id != product.id);
        book.products.push(product.clone());
        book.editions.push(product);
        self.fact(tenant, kind, saved.id.0);
        Ok(())
    }

    pub(super) fn edit_shop(&mut self, tenant: Tenant, c: &EditShop, got: &Got) -> Step {
        if !self.knows(tenant) {
            return refuse("not_found");
        }
        let texts = [&c.name, &c.greeting, &c.contact].into_iter().flatten();
        let mut said = texts.flat_map(|text| [&text.zh, &text.en]).flatten();
        let dark = |colour: &Colour| contrast(*colour, Colour::WHITE) >= 4.5;
        let png = |logo: &NewLogo| logo.bytes.starts_with(b"\x89PNG\r\n\x1a\n");
        if !said.all(|text| good_name(text))
            || !c.colour.flatten().as_ref().is_none_or(dark)
            || !c.logo.iter().flatten().all(png)
        {
            return refuse("invalid");
        }
        let saved = answer::<EditShop>(got)?;
        let book = self.book(tenant);
        book.version += 1;
        let (style, logo) = book.shop.get_or_insert_default();
        style.version = book.version;
        set(&mut style.name, c.name.clone());
        set(&mut style.greeting, c.greeting.clone());
        set(&mut style.contact, c.contact.clone());
        set(&mut style.colour, c.colour.map(|colour| colour.map(|colour| colour.to_string())));
        if let Some(new) = &c.logo {
            *logo = Some(new.as_ref().map_or_else(Vec::new, |new| new.bytes.clone()));
            style.logo = new.as_ref().map(|new| Logo {
                format: LogoFormat::Png,
                hash: new.hash.clone(),
                bytes: new.bytes.len() as i64,
            });
        }
        same("the shop", &*style, &*saved)?;
        self.fact(tenant, "shop.edited", *tenant.bytes());
        Ok(())
    }

    /// The expiry timer of a SKU rings at `due` or earlier.
    pub(super) fn ring(&mut self, tenant: Tenant, sku: SkuId, due: Timestamp) {
        let key = WorkKey { kind: WorkKind::ExpireCodes, tenant, subject: sku.0 };
        let work = self.work.entry(key).or_insert(Work::due(due));
        work.due_at = work.due_at.min(due);
    }

    /// A SKU in force, with its product.
    pub(super) fn sku(&self, tenant: Tenant, id: SkuId) -> Option<(&Product, &Sku)> {
        let products = self.books.get(&tenant)?.products.iter();
        products.flat_map(|p| p.skus.iter().map(move |sku| (p, sku))).find(|(_, sku)| sku.id == id)
    }
}

fn set<T>(field: &mut T, to: Option<T>) {
    if let Some(to) = to {
        *field = to;
    }
}

fn good_name(name: &str) -> bool {
    (1..=200).contains(&name.chars().count()) && !name.chars().any(char::is_control)
}

/// As far as the generator goes: shelf, steps of the guide, fields with different codes.
fn good_page(page: &Presentation) -> bool {
    let codes: BTreeSet<&str> = page.input.iter().map(|field| field.code.as_str()).collect();
    page.category.as_ref().is_none_or(|category| good_name(category))
        && page.guide.len() <= 12
        && codes.len() == page.input.len()
}

fn good_terms(terms: &SkuTerms) -> bool {
    let money = 0..=100_000_000_000;
    let list = terms
        .list_price
        .is_none_or(|list| money.contains(&list.amount) && list.currency == terms.price.currency);
    let limits = [terms.limits.per_order, terms.limits.per_user];
    let window = match (terms.sale_from, terms.sale_until) {
        (Some(from), Some(until)) => from < until,
        _ => true,
    };
    let mut labels: Vec<&str> = terms.code_fields.iter().map(|f| f.name.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    good_name(&terms.name)
        && labels.len() == terms.code_fields.len()
        && money.contains(&terms.price.amount)
        && list
        && limits.iter().all(|limit| *limit != Some(0))
        && window
        && terms.min_days_left <= 3650
}
