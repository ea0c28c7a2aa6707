//! The store alone: loading and flushing orders in batches, without HTTP and without queues.
//!
//! The same code fills a database before a run (`--stored`).

use anyhow::{Context as _, Result, bail};
use deliver::inventory::identity;
use deliver::inventory::record::{self, Field};
use domain::Envelope;
use domain::catalog::create_product::CreateProduct;
use domain::catalog::{
    GoodsClass, Presentation, RefundRule, ReturnedCodes, SkuKind, SkuLimits, SkuTerms,
};
use domain::idempotency::IdempotencyKey;
use domain::identity::buyer::BuyerRef;
use domain::identity::create_merchant::CreateMerchant;
use domain::inventory::begin_import::BeginImport;
use domain::inventory::finish_import::FinishImport;
use domain::inventory::import_slice::{ImportSlice, NewCode};
use domain::inventory::open_import::OpenImport;
use domain::inventory::{FileFormat, ImportSettings};
use domain::ledger::credit_wallet::CreditWallet;
use domain::order::Channel;
use domain::order::place::{PlaceOrder, Steps, Wait, WantedLine};
use engine::{Clock, Solo};
use kernel::{Currency, FOREVER, Mode, Money, OrderId, SkuId, Tenant, Timestamp};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use vault::{Place, Vault};

/// Buyers that take turns.
const BUYERS: usize = 1_000;
/// How long orders wait for money: longer than a run.
const HOLD_US: i64 = 86_400_000_000;
/// Codes of one slice while filling.
const SLICE: usize = 4_096;

/// A merchant with products, codes and rich buyers, and a writer to use them.
pub struct Shelf {
    solo: Solo,
    vault: Arc<Vault>,
    tenant: Tenant,
    skus: Vec<SkuId>,
    buyers: Vec<BuyerRef>,
    keys: u64,
}

impl Shelf {
    /// Lists `skus` SKUs and credits the buyers.
    pub async fn stock(store: &Store, vault: Vault, skus: usize) -> Result<Self> {
        let vault = Arc::new(vault);
        let mut solo = Solo::open(store, Clock::System, None).await?.proving(Arc::clone(&vault));
        let operator = domain::identity::operator();
        let create = CreateMerchant { name: "Bench".into(), zone: "Asia/Shanghai".into() };
        let merchant = solo.one(operator, create).await?;
        let tenant = Tenant::new(merchant, Mode::Test);
        let buyers = (0..BUYERS).map(|n| buyer(&vault, tenant, n)).collect();
        let mut shelf = Self { solo, vault, tenant, skus: Vec::new(), buyers, keys: 0 };
        for first in (0..skus).step_by(100) {
            shelf.list(100.min(skus - first)).await?;
        }
        shelf.credit().await?;
        Ok(shelf)
    }

    /// The keys.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Puts codes into every pool, `total` in all.
    pub async fn fill(&mut self, total: usize) -> Result<()> {
        let each = total.div_ceil(self.skus.len());
        for sku in self.skus.clone() {
            self.fill_one(sku, each).await?;
        }
        Ok(())
    }

    /// Buys `total` single codes in batches; gives how long the database took.
    pub async fn buy(&mut self, total: usize, batch: usize) -> Result<Duration> {
        let mut took = Duration::ZERO;
        let mut left = total;
        while left > 0 {
            let orders: Vec<Envelope> = (0..batch.min(left)).map(|_| self.order()).collect();
            let begun = Instant::now();
            let outcomes = self.solo.run(&orders).await?;
            took += begun.elapsed();
            left -= orders.len();
            if let Some(refusal) = outcomes.into_iter().find_map(Result::err) {
                bail!("an order was refused: {refusal:?}");
            }
        }
        Ok(took)
    }

    /// The merchant's book.
    pub fn tenant(&self) -> Tenant {
        self.tenant
    }

    /// What is listed, as ids are written.
    pub fn sku_ids(&self) -> Vec<String> {
        self.skus.iter().map(ToString::to_string).collect()
    }

    /// An order of one code by a buyer of its own, which waits for money.
    pub fn waiting(&mut self) -> (OrderId, Envelope) {
        self.keys += 1;
        let n = self.keys as usize;
        let id = self.vault.code_tag(self.tenant, &format!("order {n}"));
        let wait = Wait { order: OrderId(id), link: id, hold_us: HOLD_US, visit: None };
        let place = PlaceOrder {
            buyer: buyer(&self.vault, self.tenant, BUYERS + n),
            channel: Channel::Api,
            external_id: None,
            lines: vec![WantedLine::new(self.skus[n % self.skus.len()], 1)],
            max_amount: None,
            consent: None,
            input: None,
            steps: Steps::Two(wait),
        };
        (OrderId(id), self.solo.envelope(self.tenant, place))
    }

    /// An order of one code, with a key of its own.
    pub fn order(&mut self) -> Envelope {
        self.keys += 1;
        let n = self.keys as usize;
        let place = PlaceOrder {
            buyer: self.buyers[n % BUYERS].clone(),
            channel: Channel::Api,
            external_id: None,
            lines: vec![WantedLine::new(self.skus[n % self.skus.len()], 1)],
            max_amount: None,
            consent: None,
            input: None,
            steps: Steps::One,
        };
        let mut envelope = self.solo.envelope(self.tenant, place);
        // Hashes of callers' keys are evenly spread; a tag of the number is too.
        let key = self.vault.code_tag(self.tenant, &format!("key {n}"));
        envelope.idempotency = Some(IdempotencyKey { key, fingerprint: key, raw: key });
        envelope
    }

    async fn list(&mut self, count: usize) -> Result<()> {
        let terms = |n: usize| SkuTerms {
            kind: SkuKind::Code,
            name: format!("Code {n}"),
            price: Money::new(1990, Currency::Cny),
            list_price: None,
            cost: None,
            goods_class: GoodsClass::VirtualGoods,
            tax_code: None,
            limits: SkuLimits::default(),
            sale_from: None,
            sale_until: None,
            stock_alarm: None,
            min_days_left: 0,
            refund: RefundRule::default(),
            returned_codes: ReturnedCodes::default(),
            code_fields: Vec::new(),
            voucher: None,
            en: None,
            on_shelf: true,
        };
        let create = CreateProduct {
            name: "Bench".into(),
            description: None,
            presentation: Presentation::default(),
            on_shelf: true,
            skus: (0..count).map(terms).collect(),
        };
        let product = self.solo.one(self.tenant, create).await?;
        self.skus.extend(product.skus.iter().map(|sku| sku.id));
        Ok(())
    }

    async fn credit(&mut self) -> Result<()> {
        let amount = Money::new(10_000_000_000, Currency::Cny);
        let credits: Vec<Envelope> = self
            .buyers
            .iter()
            .map(|b| {
                let credit = CreditWallet { buyer: b.clone(), amount };
                self.solo.envelope(self.tenant, credit)
            })
            .collect();
        self.solo.run(&credits).await?;
        Ok(())
    }

    async fn fill_one(&mut self, sku: SkuId, count: usize) -> Result<()> {
        let settings = ImportSettings::new(FileFormat::Csv, "Asia/Shanghai");
        let begin = BeginImport { sku, settings, name: None, supplier: None, unit_cost: None };
        let import = self.solo.one(self.tenant, begin).await?.id;
        let open = OpenImport { import, bytes: 0 };
        self.solo.one(self.tenant, open).await?;
        let mut done = 0;
        while done < count {
            let size = SLICE.min(count - done);
            let rows = (0..size).map(|_| self.code()).collect();
            let slice = ImportSlice {
                import,
                sku,
                from: done as i64,
                to: (done + size) as i64,
                rows,
                errors: Vec::new(),
                lease_until: Timestamp(0),
            };
            self.solo.one(self.tenant, slice).await?;
            done += size;
        }
        let finish = FinishImport { import, records: count as i64, failure: None };
        self.solo.one(self.tenant, finish).await.context("finish")?;
        Ok(())
    }

    fn code(&mut self) -> NewCode {
        self.keys += 1;
        let number = format!("{:016}", self.keys);
        let password = format!("K7Q2-9XB4-{:08}", self.keys);
        let fields = [Field::plain("number", &number), Field::plain("password", &password)];
        let identity = identity::identity(&self.vault, self.tenant, &fields);
        let row = &identity.exact;
        let place = Place { tenant: self.tenant, table: "codes", row, column: "sealed" };
        let sealed = self.vault.seal(&place, &record::pack(&fields));
        NewCode { line: self.keys as i64, identity, sealed, valid_until: FOREVER }
    }
}

fn buyer(vault: &Vault, tenant: Tenant, n: usize) -> BuyerRef {
    let name = format!("raw-{n}");
    let tag = vault.buyer_tag(tenant, &name);
    let place = Place { tenant, table: "buyers", row: &tag, column: "sealed" };
    BuyerRef::External { tag, sealed: vault.seal(&place, name.as_bytes()) }
}
