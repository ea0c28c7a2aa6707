//! The plain model of what may go wrong with money and goods: wallets, the pool of codes, orders, payments, refunds, told
//! with lists and maps and without a thought for speed.
//!
//! It shares no rule with `domain`, only its words (commands and values). It says by itself whether such a command is
//! refused, what it answers and how much lies where afterwards. Everything else (the configuration, imports, keys, timers,
//! answers to repeats) is taken at the engine's word; there the engines are compared with each other, and `verify` looks.

mod marks;
mod money;
mod order;
mod payment;
mod placed;
mod pool;
mod refund;
mod sums;

use domain::catalog::Product;
use domain::identity::buyer::BuyerRef;
use domain::inventory::{CodeState, Import};
use domain::ledger::{AccountKind, HoldState};
use domain::order::{Line, Order};
use domain::payment::test_channel::TestNotice;
use domain::payment::{PayMethod, Payment};
use domain::refund::Refund;
use domain::seal::SealedCell;
use domain::work::WorkKey;
use domain::{
    Command, Envelope, Listed, Outcome, Refusal, Reply, catalog, identity, inventory, ledger,
    order as orders, payment as payments, refund as refunds, work,
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

/// How long the answer to a key is kept at least, in days.
const KEPT_DAYS: i64 = 7;

/// A code with where it is in its life.
#[derive(Debug, Clone)]
pub struct Code {
    pub id: CodeId,
    pub sku: SkuId,
    pub batch: CodeBatchId,
    pub valid_until: Timestamp,
    pub state: CodeState,
    pub owner: Option<OrderId>,
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
}

/// Pieces that an order keeps while it waits.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    pub sku: SkuId,
    pub amount: i64,
}

/// Everything of one merchant in one mode.
#[derive(Debug, Default)]
pub struct Book {
    /// Products in force, and each as it ever was.
    pub products: Vec<Product>,
    pub editions: Vec<Product>,
    pub buyers: BTreeMap<Id16, BuyerId>,
    pub wallets: BTreeMap<(BuyerId, Currency), Wallet>,
    pub holds: BTreeMap<HoldId, Hold>,
    pub codes: Vec<Code>,
    /// Imports as the engine told them last.
    pub imports: BTreeMap<ImportId, Import>,
    pub orders: Vec<(Order, Vec<Line>)>,
    /// How much of each limit is used, by what has the limit and who uses it.
    pub counters: BTreeMap<(Id16, Id16), i64>,
    /// What orders that wait keep of stock.
    pub kept: BTreeMap<HoldId, Kept>,
    pub payments: BTreeMap<PaymentId, Payment>,
    /// Numbers of what came in through channels.
    pub receipts: BTreeSet<(PayMethod, String)>,
    pub refunds: BTreeMap<RefundId, Refund>,
    pub notices: Vec<TestNotice>,
    /// What moved between the merchant's accounts beside what follows from wallets and orders.
    pub own: BTreeMap<(AccountKind, Currency), i64>,
}

/// The whole model.
pub struct Plain {
    pub now: Timestamp,
    pub books: BTreeMap<Tenant, Book>,
    pub merchants: BTreeMap<MerchantId, String>,
    pub keys: Vec<ApiKeyId>,
    /// Work that was claimed.
    pub claimed: Vec<WorkKey>,
    /// The oldest key that may seal.
    pub oldest_seal: u32,
    /// Keys of requests with a kept answer, and when they were answered.
    answered: BTreeMap<(Tenant, Id16), Timestamp>,
    /// Which codes the engine made of the tags that came in.
    pub made: HashMap<Id16, Made>,
    /// Which id the engine drew for the refund of what came in for nothing, by the channel's number.
    pub refund_ids: HashMap<(Tenant, String), RefundId>,
    /// What is sealed, for slices that seal it again.
    pub cells: Vec<(SealedCell, Vec<u8>)>,
}

/// A code that came in: its id, and whether it is doubtful. No answer tells it.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    pub id: CodeId,
    pub doubtful: bool,
}

impl Plain {
    /// An empty world at a time.
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            books: BTreeMap::new(),
            merchants: BTreeMap::new(),
            keys: Vec::new(),
            claimed: Vec::new(),
            oldest_seal: 0,
            answered: BTreeMap::new(),
            made: HashMap::new(),
            refund_ids: HashMap::new(),
            cells: Vec::new(),
        }
    }

    /// Takes in a command and compares the engine's answer with its own.
    pub fn check(&mut self, envelope: &Envelope, got: &Got) -> Result<(), String> {
        match (self.step(envelope, got), got) {
            (Ok(()), _) => Ok(()),
            (Err(Stop::Refused(code)), Err(refusal)) if refusal.code() == code => Ok(()),
            (Err(Stop::Differs(how)), _) => Err(how),
            (Err(Stop::Refused(code)), got) => {
                Err(format!("the model refuses with {code}, the engine: {got:?}"))
            }
        }
    }

    /// The same key again does nothing, as long as its answer is kept.
    fn step(&mut self, envelope: &Envelope, got: &Got) -> Step {
        // Which keys may seal is no affair of the model.
        if got.as_ref().is_err_and(|refusal| refusal.code() == "seal_key_retired") {
            return Ok(());
        }
        let Some(key) = envelope.idempotency else { return self.command(envelope, got) };
        let place = (envelope.origin.tenant, key.key);
        let before = self.answered.get(&place).copied();
        let repeated = match got {
            Ok(outcome) => matches!(outcome, Outcome::Replayed(_)),
            Err(refusal) => refusal.code() == "idempotency_key_reused",
        };
        if repeated {
            return same("an answer of before", true, before.is_some());
        }
        let kept = before.is_some_and(|at| self.now < at.plus_days(KEPT_DAYS));
        same("an answer that is kept", false, kept)?;
        self.command(envelope, got)?;
        if got.as_ref().is_ok_and(|outcome| outcome.reference().is_some()) {
            self.answered.insert(place, self.now);
        }
        Ok(())
    }

    fn command(&mut self, envelope: &Envelope, got: &Got) -> Step {
        let tenant = envelope.origin.tenant;
        match &envelope.command {
            Command::Ledger(c) => match c {
                ledger::Command::CreditWallet(c) => self.credit_wallet(tenant, c, got),
                ledger::Command::MakeHold(c) => self.make_hold(tenant, c, got),
                ledger::Command::PostHold(c) => self.post_hold(tenant, c, got),
                ledger::Command::VoidHold(c) => self.void_hold(tenant, c, got),
            },
            Command::Order(c) => match c {
                orders::Command::PlaceOrder(c) => self.place_order(tenant, c, got),
                orders::Command::RevealCodes(c) => self.reveal_codes(tenant, c, got),
                orders::Command::CancelOrder(c) => self.cancel_order(tenant, c, got),
                orders::Command::ExpireOrder(c) => self.expire_order(tenant, c, got),
                orders::Command::RetimeOrder(_)
                | orders::Command::UnmaskOrder(_)
                | orders::Command::NoteOrder(_)
                | orders::Command::GiveLink(_) => differs(got),
            },
            Command::Payment(c) => match c {
                payments::Command::StartPayment(c) => self.start_payment(tenant, c, got),
                payments::Command::StartRecharge(c) => self.start_recharge(tenant, c, got),
                payments::Command::ReceiveNotice(c) => self.receive_notice(tenant, c, got),
                payments::Command::PayLater(c) => self.pay_later(tenant, c, got),
                payments::Command::ConfirmTransfer(_)
                | payments::Command::StoreOffer(_)
                | payments::Command::AskAgain(_)
                | payments::Command::KeepExchanges(_)
                | payments::Command::ForgetExchanges(_)
                | payments::Command::TellUnreadable(_)
                | payments::Command::RefuseNotice(_) => differs(got),
            },
            Command::Refund(c) => match c {
                refunds::Command::RequestRefund(c) => self.request_refund(tenant, c, got),
                refunds::Command::SettleRefund(c) => self.settle_refund(tenant, c, got),
                refunds::Command::RetryRefund(c) => self.retry_refund(tenant, c, got),
                refunds::Command::ConfirmRefund(_) => differs(got),
            },
            Command::Resource(_) => unreachable!("resources have a model of their own"),
            Command::Inventory(inventory::Command::ExpireCodes(c)) => {
                self.expire_codes(tenant, c, got)
            }
            Command::Inventory(inventory::Command::MarkBatch(c)) => self.mark_batch(tenant, c, got),
            Command::Inventory(inventory::Command::MarkSlice(c)) => self.mark_slice(tenant, c, got),
            Command::Inventory(inventory::Command::MarkCode(c)) => self.mark_code(tenant, c, got),
            other => {
                if let Ok(outcome) = got {
                    self.learn(tenant, other, outcome);
                }
                Ok(())
            }
        }
    }

    /// Takes in what the model has no rule for.
    fn learn(&mut self, tenant: Tenant, command: &Command, outcome: &Outcome) {
        match (command, outcome.clone()) {
            (
                Command::Identity(identity::Command::CreateMerchant(c)),
                Outcome::Identity(identity::Outcome::CreateMerchant(id)),
            ) => drop(self.merchants.insert(id, c.name.clone())),
            (_, Outcome::Identity(identity::Outcome::CreateApiKey(key))) => self.keys.push(key.id),
            (
                _,
                Outcome::Catalog(
                    catalog::Outcome::CreateProduct(product)
                    | catalog::Outcome::EditProduct(product)
                    | catalog::Outcome::EditSku(product),
                ),
            ) => self.book(tenant).save(*product),
            (
                _,
                Outcome::Inventory(
                    inventory::Outcome::BeginImport(import)
                    | inventory::Outcome::OpenImport(import)
                    | inventory::Outcome::FinishImport(import),
                ),
            ) => drop(self.book(tenant).imports.insert(import.id, *import)),
            (Command::Inventory(inventory::Command::StageChunk(c)), _) => {
                let import = self.book(tenant).imports.get_mut(&c.import);
                import.into_iter().for_each(|import| import.chunks += 1);
            }
            (Command::Inventory(inventory::Command::ImportSlice(c)), _) => self.bring(tenant, c),
            (_, Outcome::Work(work::Outcome::ClaimWork(keys))) => self.claimed.extend(keys),
            (Command::Seal(domain::seal::Command::RetireSealKeys(c)), _) => {
                self.oldest_seal = self.oldest_seal.max(c.oldest);
            }
            _ => {}
        }
    }

    fn book(&mut self, tenant: Tenant) -> &mut Book {
        self.books.entry(tenant).or_default()
    }

    /// The id of a buyer that the command names; none when his name is new.
    fn buyer(&self, tenant: Tenant, buyer: &BuyerRef) -> Step<Option<BuyerId>> {
        let buyers = self.books.get(&tenant).map(|book| &book.buyers);
        let mut known = buyers.into_iter().flatten();
        match buyer {
            BuyerRef::Id(id) if known.any(|(_, known)| known == id) => Ok(Some(*id)),
            BuyerRef::Id(_) => refuse("not_found"),
            BuyerRef::Known { tag } => match known.find(|(known, _)| *known == tag) {
                Some((_, id)) => Ok(Some(*id)),
                None => refuse("invalid"),
            },
            BuyerRef::External { tag, .. } => {
                Ok(known.find(|(known, _)| *known == tag).map(|(_, id)| *id))
            }
        }
    }

    /// The buyer of an accepted command: the one that was known, or a new one with the engine's id.
    fn meet(&mut self, tenant: Tenant, buyer: &BuyerRef, id: BuyerId) -> Step {
        match (self.buyer(tenant, buyer)?, buyer) {
            (Some(known), _) => same("the buyer", known, id),
            (None, BuyerRef::External { tag, .. }) => {
                self.book(tenant).buyers.insert(*tag, id);
                Ok(())
            }
            (None, BuyerRef::Id(_) | BuyerRef::Known { .. }) => refuse("not_found"),
        }
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
