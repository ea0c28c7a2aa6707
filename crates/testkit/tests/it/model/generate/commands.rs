//! The first groups of a sequence, and commands of its business: orders, money, imports, work.

use super::{DAY, Generator, main_book};
use crate::model::plain::{Book, Plain};
use domain::catalog::input::InputKind;
use domain::identity::buyer::BuyerRef;
use domain::identity::create_merchant::CreateMerchant;
use domain::identity::operator;
use domain::inventory::begin_import::BeginImport;
use domain::inventory::expire_codes::ExpireCodes;
use domain::inventory::finish_import::FinishImport;
use domain::inventory::identity::{ClaimTag, Identity, LookupTag};
use domain::inventory::import_slice::{ImportSlice, NewCode};
use domain::inventory::open_import::OpenImport;
use domain::inventory::stage_chunk::StageChunk;
use domain::inventory::{FileFormat, Import, ImportError, ImportSettings, ImportState};
use domain::ledger::credit_wallet::CreditWallet;
use domain::ledger::hold::{MakeHold, PostHold, VoidHold};
use domain::order::Channel;
use domain::order::consent::Agreed;
use domain::order::input::Answers;
use domain::order::place::{PlaceOrder, Steps, WantedLine};
use domain::order::reveal::RevealCodes;
use domain::seal::start_reseal::StartReseal;
use domain::work::postpone::PostponeWork;
use domain::work::{WorkKey, WorkKind};
use domain::{Command, Envelope};
use kernel::{
    BuyerId, Currency, FOREVER, HoldId, Id16, ImportId, Money, OrderId, SkuId, Tenant, Timestamp,
    UnitCost,
};

/// The name of a sequence's first merchant.
pub const MAIN: &str = "星河";
/// What a key or tag begins with, after the sequence's number.
pub const KEY: u8 = 1;
const BUYER: u8 = 2;
const CODE: u8 = 3;
/// Buyers that a sequence names.
const BUYERS: u32 = 8;
/// Codes of the slice that fills a pool beyond one sweep.
const BIG_SLICE: usize = 620;

impl Generator {
    pub(super) fn first_merchant(&mut self) -> Envelope {
        let command = CreateMerchant { name: MAIN.to_owned(), zone: "Asia/Shanghai".to_owned() };
        let mut envelope = self.wrap(operator(), command);
        envelope.idempotency = Some(self.key());
        self.remember(&envelope);
        envelope
    }

    pub(super) fn first_wallets(&mut self, plain: &Plain) -> Vec<Envelope> {
        let (book, skus) = (main_book(plain), sku_ids(plain));
        let mut commands = Vec::new();
        for n in 1..=4 {
            let sealed = self.sealed(3);
            let buyer = BuyerRef::External { tag: self.name(BUYER, n), sealed };
            let currency = if n < 4 { Currency::Cny } else { Currency::Jpy };
            let amount = Money::new(60_000, currency);
            let command = Command::from(CreditWallet { buyer, amount });
            commands.push(self.wrap(book, command));
            let begin = self.begin(SkuId(skus[n as usize - 1]));
            commands.push(self.wrap(book, begin));
        }
        commands
    }

    pub(super) fn first_codes(&mut self, plain: &Plain) -> Vec<Envelope> {
        let book = main_book(plain);
        let mut commands = Vec::new();
        for (i, import) in plain.books[&book].imports.values().enumerate() {
            let open = Command::from(self.open(import.id));
            commands.push(self.wrap(book, open));
            let count = if self.big() && i == 0 { BIG_SLICE } else { 12 };
            let slice = self.slice(import.id, import.sku, 0, count);
            let records = slice.to;
            commands.push(self.wrap(book, slice));
            if i % 2 == 0 {
                let finish = FinishImport { import: import.id, records, failure: None };
                commands.push(self.wrap(book, finish));
            }
        }
        commands
    }

    /// Two sweeps of the big pool in one commit, an order between them.
    pub(super) fn sweeps(&mut self, plain: &Plain) -> Vec<Envelope> {
        let book = main_book(plain);
        let codes = &plain.books[&book].codes;
        let count = |id: &Id16| codes.iter().filter(|code| code.sku.0 == *id).count();
        let skus = sku_ids(plain);
        let Some(sku) = skus.iter().copied().max_by_key(count) else { return Vec::new() };
        let sweep = Command::from(ExpireCodes { sku: SkuId(sku) });
        let order = self.order(plain);
        vec![self.wrap(book, sweep.clone()), self.wrap(book, order), self.wrap(book, sweep)]
    }

    pub(super) fn business(&mut self, plain: &Plain) -> Envelope {
        if self.roll(100) < 5 {
            return self.wrap(operator(), StartReseal);
        }
        let tenant = self.book(plain);
        let book = &plain.books[&main_book(plain)];
        if self.roll(100) < 45 {
            let command = self.in_two_steps(plain, book);
            return self.wrap(tenant, command);
        }
        let command = match self.roll(100) {
            0..34 => Command::from(self.order(plain)),
            34..42 => Command::from(self.credit(book)),
            42..53 => self.some_hold(book),
            53..64 => self.some_upload(plain, book),
            64..66 => Command::from(self.chunk(book)),
            66..68 => {
                let import = self.import_in(book, ImportState::Uploading);
                Command::from(self.open(import))
            }
            68..86 => Command::from(self.next_slice(book)),
            86..89 => Command::from(self.finish(book)),
            89..94 => {
                let sku = self.sku(plain);
                Command::from(ExpireCodes { sku })
            }
            94..97 => {
                let orders: Vec<Id16> = book.orders.iter().map(|(order, _)| order.id.0).collect();
                let order = OrderId(self.known(&orders));
                let reason = self.one_of(&[None, Some("核对".to_owned())]);
                Command::from(RevealCodes { order, visit: None, reason })
            }
            _ => Command::from(self.postpone(plain, tenant)),
        };
        self.wrap(tenant, command)
    }

    /// A buyer by name, who may be new, or by id.
    pub(super) fn buyer(&mut self, book: &Book) -> BuyerRef {
        if self.roll(100) < 30 {
            let ids: Vec<Id16> = book.buyers.values().map(|id| id.0).collect();
            return BuyerRef::Id(BuyerId(self.known(&ids)));
        }
        let n = 1 + self.roll(BUYERS);
        BuyerRef::External { tag: self.name(BUYER, n), sealed: self.sealed(3) }
    }

    fn credit(&mut self, book: &Book) -> CreditWallet {
        let amount = self.one_of(&[100, 5_000, 20_000, 50_000, 0, -5, i64::MAX]);
        let currency = self.one_of(&[Currency::Cny, Currency::Cny, Currency::Cny, Currency::Jpy]);
        CreditWallet { buyer: self.buyer(book), amount: Money::new(amount, currency) }
    }

    /// A new hold, or the end of one if there is one, or of one that is not there.
    fn some_hold(&mut self, book: &Book) -> Command {
        match self.roll(8) {
            _ if book.holds.is_empty() && self.roll(8) > 0 => Command::from(self.hold(book)),
            0..3 => Command::from(self.post(book)),
            3..5 => Command::from(VoidHold { hold: self.hold_id(book) }),
            _ => Command::from(self.hold(book)),
        }
    }

    fn hold(&mut self, book: &Book) -> MakeHold {
        let amount = self.one_of(&[100, 700, 700, 3_000, 3_000_000, 0]);
        let currency = self.one_of(&[Currency::Cny, Currency::Cny, Currency::Cny, Currency::Jpy]);
        MakeHold { buyer: self.buyer(book), amount: Money::new(amount, currency) }
    }

    fn hold_id(&mut self, book: &Book) -> HoldId {
        let holds: Vec<Id16> = book.holds.keys().map(|id| id.0).collect();
        HoldId(self.known(&holds))
    }

    fn post(&mut self, book: &Book) -> PostHold {
        let (cny, jpy) = (Currency::Cny, Currency::Jpy);
        let amount = self.one_of(&[
            None,
            None,
            None,
            Some(Money::new(60, cny)),
            Some(Money::new(700, cny)),
            Some(Money::new(50, jpy)),
            Some(Money::new(0, cny)),
            Some(Money::new(9_000_000, cny)),
        ]);
        PostHold { hold: self.hold_id(book), amount }
    }

    fn begin(&mut self, sku: SkuId) -> BeginImport {
        let settings = ImportSettings::new(FileFormat::Csv, "Asia/Shanghai");
        let cost = UnitCost { amount: 45_000, currency: Currency::Cny };
        BeginImport {
            sku,
            settings,
            name: self.one_of(&[None, Some("七月".to_owned())]),
            supplier: self.one_of(&[None, Some("甲".to_owned())]),
            unit_cost: self.one_of(&[None, Some(cost)]),
        }
    }

    /// A new upload, or the next step of one if there is one.
    fn some_upload(&mut self, plain: &Plain, book: &Book) -> Command {
        let uploading = |import: &Import| import.state == ImportState::Uploading;
        match self.roll(10) {
            0..7 if !book.imports.values().any(uploading) => {
                let sku = SkuId(self.known(&sku_ids(plain)));
                Command::from(self.begin(sku))
            }
            0..4 => Command::from(self.chunk(book)),
            4..7 => {
                let import = self.import_in(book, ImportState::Uploading);
                Command::from(self.open(import))
            }
            _ => {
                let sku = SkuId(self.known(&sku_ids(plain)));
                Command::from(self.begin(sku))
            }
        }
    }

    /// An import that stands there, sometimes any other, sometimes none.
    fn import_in(&mut self, book: &Book, state: ImportState) -> ImportId {
        let any = self.roll(100) < 8;
        let imports = book.imports.values().filter(|import| any || import.state == state);
        let ids: Vec<Id16> = imports.map(|import| import.id.0).collect();
        ImportId(self.known(&ids))
    }

    fn chunk(&mut self, book: &Book) -> StageChunk {
        let import = self.import_in(book, ImportState::Uploading);
        let number = book.imports.get(&import).map_or(0, |import| import.chunks);
        StageChunk { import, number, sealed: self.sealed(3) }
    }

    fn open(&mut self, import: ImportId) -> OpenImport {
        OpenImport { import, bytes: i64::from(self.roll(100_000)) }
    }

    fn next_slice(&mut self, book: &Book) -> ImportSlice {
        let import = self.import_in(book, ImportState::Running);
        let row = book.imports.get(&import);
        let late = i64::from(self.roll(15) == 0);
        let from = row.map_or(0, |import| import.records) + late;
        let sku = row.map_or(SkuId(import.0), |import| import.sku);
        let count = self.roll(14) as usize;
        self.slice(import, sku, from, count)
    }

    /// Rows of which some were there before and some cannot be read.
    fn slice(&mut self, import: ImportId, sku: SkuId, from: i64, count: usize) -> ImportSlice {
        let big = count == BIG_SLICE;
        let rows: Vec<NewCode> = (0..count).map(|_| self.code(big)).collect();
        let bad = if self.roll(4) == 0 { 2 } else { 0 };
        let first = from + rows.len() as i64;
        let errors = (0..bad).map(|i| ImportError {
            line: first + i + 2,
            column: "valid_until".to_owned(),
            cause: "date",
        });
        let lease_until = self.now.plus_micros(10_000_000);
        let errors = errors.collect();
        ImportSlice { import, sku, from, to: first + bad, rows, errors, lease_until }
    }

    /// Codes end with a day or never. Many share a day, so that their ids decide who goes first.
    fn code(&mut self, soon: bool) -> NewCode {
        let again = self.drawn > 10 && self.roll(100) < 7;
        let old = 1 + self.roll(self.drawn + 1);
        let tag = if again { self.name(CODE, old) } else { self.named(CODE) };
        let days = i64::from(self.roll(9));
        let valid_until = match self.roll(100) {
            0..30 if !soon => FOREVER,
            _ => Timestamp((self.now.0 / DAY + days) * DAY + DAY - 1),
        };
        // One in sixteen looks like the one before it.
        let mut like = tag;
        like[15] -= u8::from(tag[15] % 16 == 1);
        let flip = |tag: Id16| tag.map(|byte| byte ^ 0xff);
        let claim = |tag: Id16| -> ClaimTag {
            std::array::from_fn(|at| if at < 8 { tag[at + 8] } else { tag[at - 8] })
        };
        let lookup = |tag: Id16| -> LookupTag { std::array::from_fn(|at| tag[at + 8]) };
        let identity = Identity {
            exact: tag,
            own: claim(tag),
            alike: vec![claim(flip(like))],
            lookups: if tag[15] % 3 == 0 { vec![lookup(flip(tag))] } else { Vec::new() },
            before: tag,
        };
        let line = i64::from(self.roll(1_000_000)) + 2;
        NewCode { line, identity, sealed: self.sealed(40), valid_until }
    }

    fn finish(&mut self, book: &Book) -> FinishImport {
        let import = self.import_in(book, ImportState::Running);
        let records = book.imports.get(&import).map_or(0, |import| import.records);
        let failure = self.one_of(&[None, None, Some("header".to_owned())]);
        FinishImport { import, records: records + i64::from(self.roll(9) == 0), failure }
    }

    pub(super) fn order(&mut self, plain: &Plain) -> PlaceOrder {
        let book = &plain.books[&main_book(plain)];
        let mut lines: Vec<WantedLine> = Vec::new();
        for _ in 0..self.one_of(&[1, 1, 1, 2]) {
            let sku = self.sku(plain);
            let quantity = self.one_of(&[1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 9, 0]);
            if lines.iter().all(|line| line.sku != sku) {
                let shown = Money::new(self.one_of(&[300, 500, 500, 900]), Currency::Cny);
                let shown = (self.roll(7) == 0).then_some(shown);
                lines.push(WantedLine { sku, quantity, shown });
            }
        }
        let (cny, usd) = (Currency::Cny, Currency::Usd);
        PlaceOrder {
            buyer: self.buyer(book),
            channel: self.one_of(&Channel::ALL),
            external_id: (self.roll(4) == 0).then(|| format!("外部-{}", self.roll(8))),
            lines,
            max_amount: match self.roll(30) {
                0 => Some(Money::new(100, usd)),
                1..3 => Some(Money::new(400, cny)),
                3..6 => Some(Money::new(100_000, cny)),
                _ => None,
            },
            consent: self.consent(),
            input: self.answers(),
            steps: Steps::One,
        }
    }

    /// None, of now, of before, or of tomorrow.
    fn consent(&mut self) -> Option<Agreed> {
        let tomorrow = self.now.plus_days(1);
        let at = self.one_of(&[None, None, Some(Timestamp(5)), Some(tomorrow)]);
        (self.roll(5) == 0).then(|| Agreed { version: "2026-11".to_owned(), at })
    }

    /// None, to what products ask sometimes, to what none asks, or unfit.
    fn answers(&mut self) -> Option<Answers> {
        let order = OrderId(self.random_id());
        let kind = self.one_of(&[InputKind::Text, InputKind::Text, InputKind::Text, InputKind::Qq]);
        let code = if self.roll(12) == 0 { "name" } else { "wish" }.to_owned();
        let unfit = if self.roll(12) == 0 { vec![code.clone()] } else { Vec::new() };
        let answers = Answers { order, given: vec![(code, kind)], unfit, sealed: self.sealed(6) };
        (self.roll(4) == 0).then_some(answers)
    }

    /// A SKU, rather one that has codes.
    pub(super) fn sku(&mut self, plain: &Plain) -> SkuId {
        let mut skus = sku_ids(plain);
        if self.roll(10) < 8 {
            let book = &plain.books[&main_book(plain)];
            let stocked = skus.iter().filter(|id| !book.available(SkuId(**id)).is_empty());
            let stocked: Vec<Id16> = stocked.copied().collect();
            skus = if stocked.is_empty() { skus } else { stocked };
        }
        SkuId(self.known(&skus))
    }

    fn postpone(&mut self, plain: &Plain, tenant: Tenant) -> PostponeWork {
        let (kind, claimed) = (WorkKind::ReadImport, &plain.claimed);
        let nothing = WorkKey { kind, tenant, subject: self.random_id() };
        let nothing_else = claimed.is_empty() || self.roll(10) == 0;
        PostponeWork { key: if nothing_else { nothing } else { self.one_of(claimed) } }
    }
}

/// SKUs of the test book.
pub fn sku_ids(plain: &Plain) -> Vec<Id16> {
    let products = plain.books.get(&main_book(plain)).map(|book| &book.products);
    products.into_iter().flatten().flat_map(|p| p.skus.iter().map(|sku| sku.id.0)).collect()
}
