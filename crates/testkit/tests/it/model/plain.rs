//! The plain model: what the commands do, told with lists and maps and without a thought for speed.
//!
//! It shares no rule with `domain`, only its words (commands and values). It says by itself whether a
//! command is refused and what changes; only ids, which are drawn, are learned from the engine's answer.

mod catalog;
mod marks;
mod money;
mod order;
mod payment;
mod placed;
mod pool;
mod refund;
mod seal;
mod view;

pub use order::position;
pub use seal::KEYS;

use domain::catalog::Product;
use domain::idempotency::rotate::RotateIdempotency;
use domain::identity::ApiKey;
use domain::identity::buyer::BuyerRef;
use domain::inventory::identity::{Claim, ClaimTag, LookupTag};
use domain::inventory::rows::ImportRow;
use domain::inventory::{CodeState, Import};
use domain::ledger::{AccountKind, HoldState, Reason};
use domain::order::{Line, Order};
use domain::payment::test_channel::TestNotice;
use domain::payment::{PayMethod, Payment, Receipt};
use domain::refund::Refund;
use domain::shop::ShopStyle;
use domain::work::{Work, WorkKey};
use domain::{
    Command, Envelope, Listed, Outcome, Refusal, Reply, idempotency, identity, inventory, ledger,
    order as orders, payment as payments, refund as refunds, seal as seals, shop, work,
};
use kernel::{
    ApiKeyId, BuyerId, CodeBatchId, CodeId, Currency, HoldId, Id16, ImportId, MerchantId, OrderId,
    PaymentId, RefundId, SkuId, Tenant, Timestamp,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Debug;

/// What the engine answers.
pub type Got = Result<Outcome, Refusal>;

/// Why a step ended early.
pub enum Stop {
    /// The model refuses too, with this code.
    Refused(&'static str),
    /// The model has another opinion than the engine.
    Differs(String),
}

pub type Step<T = ()> = Result<T, Stop>;

/// A code with where it is in its life.
#[derive(Debug, Clone)]
pub struct Code {
    pub id: CodeId,
    pub sku: SkuId,
    pub batch: CodeBatchId,
    pub tag: Id16,
    pub line: i64,
    pub sealed: Vec<u8>,
    pub valid_until: Timestamp,
    pub state: CodeState,
    pub owner: Option<(OrderId, u32)>,
}

/// A buyer's stored value in one currency, in ledger units.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wallet {
    pub balance: i64,
    pub held: i64,
}

/// A part of a wallet that is kept.
#[derive(Debug, Clone, Copy)]
pub struct Hold {
    pub buyer: BuyerId,
    pub currency: Currency,
    pub amount: i64,
    pub posted: i64,
    pub state: HoldState,
    pub at: Timestamp,
}

/// Pieces that an order keeps while it waits.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    pub sku: SkuId,
    pub amount: i64,
    pub posted: i64,
    pub state: HoldState,
    pub at: Timestamp,
}

/// Everything of one merchant in one mode.
#[derive(Debug, Default)]
pub struct Book {
    pub version: i64,
    pub products: Vec<Product>,
    pub editions: Vec<Product>,
    /// The style and the logo's bytes, once the shop was edited.
    pub shop: Option<(ShopStyle, Option<Vec<u8>>)>,
    pub buyers: BTreeMap<Id16, (BuyerId, Timestamp)>,
    /// The sealed names of the buyers.
    pub buyer_seals: BTreeMap<Id16, Vec<u8>>,
    pub wallets: BTreeMap<(BuyerId, Currency), Wallet>,
    pub holds: BTreeMap<HoldId, Hold>,
    pub codes: Vec<Code>,
    pub imports: BTreeMap<ImportId, Import>,
    pub chunks: Vec<(ImportId, i64, Vec<u8>)>,
    pub errors: Vec<(ImportId, i64, String, &'static str)>,
    pub rows: Vec<(ImportId, ImportRow)>,
    pub claims: BTreeMap<ClaimTag, Claim>,
    pub lookups: Vec<(LookupTag, CodeId)>,
    pub orders: Vec<(Order, Vec<Line>)>,
    /// When the codes of orders were shown for the first time.
    pub looks: BTreeMap<OrderId, Timestamp>,
    /// What buyers answered, sealed.
    pub inputs: BTreeMap<OrderId, Vec<u8>>,
    /// How much of each limit is used, by what has the limit and who uses it.
    pub counters: BTreeMap<(Id16, Id16), i64>,
    /// What orders keep of stock.
    pub kept: BTreeMap<HoldId, Kept>,
    pub payments: BTreeMap<PaymentId, Payment>,
    pub receipts: BTreeMap<(PayMethod, String), Receipt>,
    pub refunds: BTreeMap<RefundId, Refund>,
    pub notices: Vec<TestNotice>,
    /// What moved between the merchant's accounts beside what follows from wallets and orders.
    pub own: BTreeMap<(AccountKind, Currency), i64>,
    /// Accounts of pieces that are there though nothing may be left in them.
    pub touched: BTreeSet<(SkuId, AccountKind)>,
    /// Reason, unit, amount and time of each transfer; no currency means pieces.
    pub moved: Vec<(Reason, Option<Currency>, i64, Timestamp)>,
}

/// What a stored answer points at: kind, subject, version.
pub type Reference = (i64, Id16, i64);

/// Which answers to repeats are kept: `number` counts up, its lowest bit names the half in use.
#[derive(Debug, Clone, Copy)]
pub struct Generation {
    pub number: i64,
    pub since: Timestamp,
}

/// The whole model.
pub struct Plain {
    pub now: Timestamp,
    /// The time of each book's newest fact, behind which none falls when the clock is set back.
    pub heads: BTreeMap<Tenant, Timestamp>,
    pub books: BTreeMap<Tenant, Book>,
    pub merchants: BTreeMap<MerchantId, (String, String, Timestamp)>,
    pub keys: BTreeMap<ApiKeyId, ApiKey>,
    pub work: BTreeMap<WorkKey, Work>,
    /// The journal: book, kind, subject, time.
    pub facts: Vec<(Tenant, &'static str, Id16, Timestamp)>,
    pub generation: Generation,
    /// Fingerprint and answer by key, of even and of odd generations.
    pub answers: [BTreeMap<Id16, (Id16, Reference)>; 2],
    /// The oldest key that may seal what comes in.
    pub fence: i64,
    /// The keys that seal or sealed.
    pub seal_keys: Vec<i64>,
    /// Which id the engine drew for the code of a tag.
    pub code_ids: HashMap<Id16, CodeId>,
    /// Which id the engine drew for the refund of what came in for nothing, by the channel's number.
    pub refund_ids: HashMap<(Tenant, String), RefundId>,
}

impl Plain {
    /// An empty world; only the generation and the times of journals are older than it.
    pub fn new(generation: Generation, heads: BTreeMap<Tenant, Timestamp>) -> Self {
        Self {
            now: generation.since,
            heads,
            books: BTreeMap::new(),
            merchants: BTreeMap::new(),
            keys: BTreeMap::new(),
            work: BTreeMap::new(),
            facts: Vec::new(),
            generation,
            answers: [BTreeMap::new(), BTreeMap::new()],
            fence: 0,
            seal_keys: KEYS.to_vec(),
            code_ids: HashMap::new(),
            refund_ids: HashMap::new(),
        }
    }

    /// Takes in a command and compares the engine's answer with its own.
    pub fn check(&mut self, envelope: &Envelope, got: &Got) -> Result<(), String> {
        match (self.step(envelope, got), got) {
            (Ok(()), Ok(_)) => Ok(()),
            (Err(Stop::Refused(code)), Err(refusal)) if refusal.code() == code => Ok(()),
            (Err(Stop::Differs(how)), _) => Err(how),
            (Ok(()), Err(refusal)) => Err(format!("the model accepts, the engine: {refusal:?}")),
            (Err(Stop::Refused(code)), got) => {
                Err(format!("the model refuses with {code}, the engine: {got:?}"))
            }
        }
    }

    /// The same key again gives the same answer and does nothing.
    fn step(&mut self, envelope: &Envelope, got: &Got) -> Step {
        let Some(key) = envelope.idempotency else { return self.command(envelope, got) };
        let before = self.answers.iter().find_map(|answers| answers.get(&key.key));
        if let Some((fingerprint, reference)) = before {
            if ![key.fingerprint, key.raw].contains(fingerprint) {
                return refuse("idempotency_key_reused");
            }
            let Ok(Outcome::Replayed(r)) = got else { return differs(got) };
            return same("the repeat", reference, &(r.kind as i64, r.subject, r.version));
        }
        self.command(envelope, got)?;
        if let Some(reference) = got.as_ref().ok().and_then(reference) {
            let half = (self.generation.number & 1) as usize;
            self.answers[half].insert(key.key, (key.fingerprint, reference));
        }
        Ok(())
    }

    fn command(&mut self, envelope: &Envelope, got: &Got) -> Step {
        let tenant = envelope.origin.tenant;
        match &envelope.command {
            Command::Identity(identity::Command::CreateMerchant(c)) => {
                self.create_merchant(tenant, c, got)
            }
            Command::Identity(identity::Command::CreateApiKey(c)) => {
                self.create_api_key(tenant, c, got)
            }
            Command::Identity(identity::Command::RevokeApiKey(c)) => {
                self.revoke_api_key(tenant, c, got)
            }
            Command::Catalog(domain::catalog::Command::CreateProduct(c)) => {
                self.create_product(tenant, c, got)
            }
            Command::Catalog(domain::catalog::Command::EditProduct(c)) => {
                self.edit_product(tenant, c, got)
            }
            Command::Catalog(domain::catalog::Command::EditSku(c)) => self.edit_sku(tenant, c, got),
            Command::Resource(_) => unreachable!("resources have a model of their own"),
            Command::Shop(shop::Command::EditShop(c)) => self.edit_shop(tenant, c, got),
            Command::Ledger(ledger::Command::CreditWallet(c)) => self.credit_wallet(tenant, c, got),
            Command::Ledger(ledger::Command::MakeHold(c)) => self.make_hold(tenant, c, got),
            Command::Ledger(ledger::Command::PostHold(c)) => self.post_hold(tenant, c, got),
            Command::Ledger(ledger::Command::VoidHold(c)) => self.void_hold(tenant, c, got),
            Command::Inventory(inventory::Command::BeginImport(c)) => {
                self.begin_import(tenant, c, got)
            }
            Command::Inventory(inventory::Command::StageChunk(c)) => {
                self.stage_chunk(tenant, c, got)
            }
            Command::Inventory(inventory::Command::OpenImport(c)) => {
                self.open_import(tenant, c, got)
            }
            Command::Inventory(inventory::Command::ImportSlice(c)) => {
                self.import_slice(tenant, c, got)
            }
            // Shown by tests of their own: what they do depends on files and on codes that are opened.
            Command::Inventory(inventory::Command::AskImport(_))
            | Command::Inventory(inventory::Command::DecideImport(_))
            | Command::Inventory(inventory::Command::SettleDoubts(_))
            | Command::Inventory(inventory::Command::Relocate(_))
            | Command::Inventory(inventory::Command::RelocateSlice(_))
            | Command::Inventory(inventory::Command::RetagSlice(_)) => differs(got),
            Command::Inventory(inventory::Command::FinishImport(c)) => {
                self.finish_import(tenant, c, got)
            }
            Command::Inventory(inventory::Command::ExpireCodes(c)) => {
                self.expire_codes(tenant, c, got)
            }
            Command::Inventory(inventory::Command::MarkBatch(c)) => self.mark_batch(tenant, c, got),
            Command::Inventory(inventory::Command::MarkSlice(c)) => self.mark_slice(tenant, c, got),
            Command::Inventory(inventory::Command::MarkCode(c)) => self.mark_code(tenant, c, got),
            // Seals are good in the model, so no pool is ever stopped.
            Command::Inventory(inventory::Command::StopSku(_)) => differs(got),
            Command::Order(orders::Command::PlaceOrder(c)) => self.place_order(tenant, c, got),
            Command::Order(orders::Command::RevealCodes(c)) => self.reveal_codes(tenant, c, got),
            Command::Work(work::Command::ClaimWork(c)) => self.claim_work(c, got),
            Command::Work(work::Command::PostponeWork(c)) => self.postpone_work(c, got),
            Command::Idempotency(idempotency::Command::RotateIdempotency(_)) => self.rotate(got),
            Command::Order(orders::Command::CancelOrder(c)) => self.cancel_order(tenant, c, got),
            Command::Order(orders::Command::ExpireOrder(c)) => self.expire_order(tenant, c, got),
            Command::Order(orders::Command::RetimeOrder(_))
            | Command::Work(work::Command::RetimeWork(_)) => {
                unreachable!("a sequence never turns its clock back; faults/clock.rs does")
            }
            Command::Payment(payments::Command::StartPayment(c)) => {
                self.start_payment(tenant, c, got)
            }
            Command::Payment(payments::Command::ReceiveNotice(c)) => {
                self.receive_notice(tenant, c, got)
            }
            Command::Payment(payments::Command::PayLater(c)) => self.pay_later(tenant, c, got),
            Command::Refund(refunds::Command::RequestRefund(c)) => {
                self.request_refund(tenant, c, got)
            }
            Command::Refund(refunds::Command::SettleRefund(c)) => {
                self.settle_refund(tenant, c, got)
            }
            Command::Refund(refunds::Command::RetryRefund(c)) => self.retry_refund(tenant, c, got),
            Command::Seal(seals::Command::StartReseal(_)) => self.start_reseal(got),
            Command::Seal(seals::Command::RetireSealKeys(c)) => self.retire_seal_keys(c, got),
            Command::Seal(seals::Command::ResealSlice(c)) => self.reseal_slice(c, got),
            Command::Seal(seals::Command::DropSealKeys(c)) => self.drop_seal_keys(c, got),
        }
    }

    fn book(&mut self, tenant: Tenant) -> &mut Book {
        self.books.entry(tenant).or_default()
    }

    fn fact(&mut self, tenant: Tenant, kind: &'static str, subject: Id16) {
        let head = self.heads.entry(tenant).or_insert(self.now);
        *head = self.now.max(*head);
        self.facts.push((tenant, kind, subject, *head));
    }

    /// Whether the tenant is one of a merchant's two books.
    fn knows(&self, tenant: Tenant) -> bool {
        self.merchants.contains_key(&tenant.merchant())
    }

    /// The id of a buyer that the command names; none when his name is new.
    fn buyer(&self, tenant: Tenant, buyer: &BuyerRef) -> Step<Option<BuyerId>> {
        let buyers = self.books.get(&tenant).map(|book| &book.buyers);
        let mut known = buyers.into_iter().flatten();
        match buyer {
            BuyerRef::Id(id) if known.any(|(_, (known, _))| known == id) => Ok(Some(*id)),
            BuyerRef::Id(_) => refuse("not_found"),
            BuyerRef::Known { tag } => match known.find(|(known, _)| *known == tag) {
                Some((_, (id, _))) => Ok(Some(*id)),
                None => refuse("invalid"),
            },
            BuyerRef::External { tag, sealed } => match known.find(|(known, _)| *known == tag) {
                Some((_, (id, _))) => Ok(Some(*id)),
                None => self.may_store(sealed).map(|()| None),
            },
        }
    }

    /// The buyer of an accepted command: the one that was known, or a new one with the engine's id.
    fn meet(&mut self, tenant: Tenant, buyer: &BuyerRef, id: BuyerId) -> Step {
        match (self.buyer(tenant, buyer)?, buyer) {
            (Some(known), _) => same("the buyer", known, id),
            (None, BuyerRef::External { tag, sealed }) => {
                let now = self.now;
                let book = self.book(tenant);
                book.buyers.insert(*tag, (id, now));
                book.buyer_seals.insert(*tag, sealed.clone());
                self.fact(tenant, "buyer.created", id.0);
                Ok(())
            }
            (None, BuyerRef::Id(_) | BuyerRef::Known { .. }) => refuse("not_found"),
        }
    }

    fn rotate(&mut self, got: &Got) -> Step {
        if self.now >= self.generation.since.plus_days(7) {
            self.generation = Generation { number: self.generation.number + 1, since: self.now };
            self.answers[(self.generation.number & 1) as usize].clear();
        }
        answer::<RotateIdempotency>(got).map(drop)
    }
}

/// What a stored answer to a repeat would point at.
fn reference(outcome: &Outcome) -> Option<Reference> {
    use domain::{catalog, identity, inventory, ledger, order, payment, refund};
    match outcome {
        Outcome::Order(order::Outcome::PlaceOrder(sold)) => Some((1, sold.order().id.0, 0)),
        Outcome::Order(order::Outcome::CancelOrder(placed)) => Some((1, placed.order.id.0, 0)),
        Outcome::Payment(
            payment::Outcome::StartPayment(payment) | payment::Outcome::ReceiveNotice(payment),
        ) => Some((7, payment.id.0, 0)),
        Outcome::Refund(
            refund::Outcome::RequestRefund(refund)
            | refund::Outcome::RetryRefund(refund)
            | refund::Outcome::SettleRefund(Some(refund)),
        ) => Some((8, refund.id.0, 0)),
        Outcome::Ledger(ledger::Outcome::CreditWallet(done)) => Some((2, done.transfer.id.0, 0)),
        Outcome::Ledger(
            ledger::Outcome::MakeHold(hold)
            | ledger::Outcome::PostHold(hold)
            | ledger::Outcome::VoidHold(hold),
        ) => Some((5, hold.id.0, hold.state as i64)),
        Outcome::Catalog(
            catalog::Outcome::CreateProduct(product)
            | catalog::Outcome::EditProduct(product)
            | catalog::Outcome::EditSku(product),
        ) => Some((3, product.id.0, product.version)),
        Outcome::Inventory(
            inventory::Outcome::BeginImport(import)
            | inventory::Outcome::OpenImport(import)
            | inventory::Outcome::FinishImport(import)
            | inventory::Outcome::MarkBatch(import)
            | inventory::Outcome::MarkSlice(import),
        ) => Some((4, import.id.0, 0)),
        Outcome::Identity(identity::Outcome::CreateMerchant(merchant)) => Some((6, merchant.0, 0)),
        _ => None,
    }
}

/// The engine's answer to a verb.
pub fn answer<V: Listed>(got: &Got) -> Step<V::Answer> {
    match got.clone().map(Outcome::of::<V>) {
        Ok(Some(Reply::New(answer))) => Ok(answer),
        _ => differs(got),
    }
}

/// The model refuses.
pub fn refuse<T>(code: &'static str) -> Step<T> {
    Err(Stop::Refused(code))
}

/// The model accepts; the engine gave another answer.
pub fn differs<T>(got: &Got) -> Step<T> {
    Err(Stop::Differs(format!("the model accepts, the engine: {got:?}")))
}

/// Model and engine must say the same of something.
pub fn same<T: PartialEq + Debug>(what: &str, model: T, engine: T) -> Step {
    if model == engine {
        return Ok(());
    }
    Err(Stop::Differs(format!("{what}: the model says {model:?}, the engine {engine:?}")))
}
