//! Random commands from a seed: mostly sensible ones, aimed at what the model knows, some wrong on purpose.
//!
//! Three habits keep the comparison exact. A claim of work opens its group and a rotation of answers is
//! alone in its own: beside others of one commit they may take less than one after another would, which is
//! harmless but no plain rule. And the clock goes back within a day only, at whose end codes lose their
//! worth: between two clocks on both sides of that moment a pool passes over codes for good.

mod catalog;
mod commands;
mod marks;
mod payments;
mod seals;

use super::empty::KEYS;
use super::plain::Plain;
use domain::context::Origin;
use domain::idempotency::IdempotencyKey;
use domain::idempotency::rotate::RotateIdempotency;
use domain::identity::buyer::BuyerRef;
use domain::identity::operator;
use domain::order::place::Steps;
use domain::work::claim::ClaimWork;
use domain::{Command, Envelope, identity, ledger, order};
use kernel::{Id16, Mode, OrderId, RequestId, Tenant, Timestamp};
use rand::seq::{IndexedRandom, IteratorRandom};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha12Rng;

/// Commands of a sequence at least, of which the first twenty fill the shelves.
pub const COMMANDS_MIN: usize = 400;
/// Commands that share a commit at most.
const GROUP_MAX: u32 = 16;
/// One sequence in so many fills a pool with more codes than one sweep takes.
const BIG_EVERY: u64 = 25;
/// One sequence in so many tries to pay one order too often.
const ATTEMPTS_EVERY: u64 = 10;
/// The group in which such a pool is swept, twice in one commit.
const BIG_SWEEP: usize = 6;
const DAY: i64 = 86_400_000_000;
const HOUR: i64 = DAY / 24;

/// Commands of one sequence.
pub struct Generator {
    rng: ChaCha12Rng,
    sequence: u64,
    now: Timestamp,
    step: usize,
    drawn: u32,
    count: usize,
    /// Whether one order was tried to be paid too often.
    tried: bool,
    /// Requests with a key, which may come again.
    sent: Vec<Envelope>,
}

impl Generator {
    /// The commands of a sequence, which begins at a time.
    pub fn new(seed: u64, sequence: u64, now: Timestamp) -> Self {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        rng.set_stream(sequence);
        Self { rng, sequence, now, step: 0, drawn: 0, count: 0, tried: false, sent: Vec::new() }
    }

    /// The keys and tags of a sequence lie from its number up to the next.
    pub fn keys(sequence: u64) -> [Id16; 2] {
        [sequence, sequence + 1].map(|n| {
            let mut id = [0; 16];
            id[..8].copy_from_slice(&n.to_be_bytes());
            id
        })
    }

    /// The next group with its time; none when the sequence is long enough.
    pub fn group(&mut self, plain: &Plain) -> Option<(Timestamp, Vec<Envelope>)> {
        if self.count >= COMMANDS_MIN {
            return None;
        }
        self.pass_time();
        let commands = match self.step {
            0 => vec![self.first_merchant()],
            1 => self.first_products(plain),
            2 => self.first_wallets(plain),
            3 => self.first_codes(plain),
            BIG_SWEEP if self.big() => self.sweeps(plain),
            step if step > BIG_SWEEP && self.sequence % ATTEMPTS_EVERY == 3 && !self.tried => {
                let attempts = self.attempts(plain);
                self.tried = attempts.is_some();
                attempts.unwrap_or_else(|| self.several(plain, GROUP_MAX, Self::business))
            }
            _ => match self.roll(100) {
                0..6 => vec![self.wrap(operator(), RotateIdempotency)],
                6..26 => self.several(plain, 5, Self::configuration),
                26..38 => self.claim_and_more(plain),
                38..52 => self.marks(plain),
                52..60 => {
                    let slice = self.reseal_slice(plain);
                    vec![self.wrap(operator(), slice)]
                }
                _ => self.several(plain, GROUP_MAX, Self::business),
            },
        };
        self.step += 1;
        self.count += commands.len();
        Some((self.now, commands))
    }

    /// Whether this sequence has a pool of more codes than one sweep takes.
    fn big(&self) -> bool {
        self.sequence % BIG_EVERY == 7
    }

    /// Some seconds, sometimes days, sometimes back a little; never near a day's end.
    fn pass_time(&mut self) {
        let (day, hour) = (self.now.0 / DAY * DAY, self.now.0 % DAY);
        self.now = Timestamp(match self.roll(100) {
            _ if self.step == BIG_SWEEP && self.big() => day + 9 * DAY + HOUR,
            0..25 => {
                day + self.rng.random_range(1..=4) * DAY + self.rng.random_range(HOUR..20 * HOUR)
            }
            25..37 => day + (hour - self.rng.random_range(0..HOUR)).max(HOUR / 2),
            _ => day + (hour + self.rng.random_range(1..HOUR / 6)).min(23 * HOUR),
        });
    }

    fn several(
        &mut self,
        plain: &Plain,
        most: u32,
        of: impl Fn(&mut Self, &Plain) -> Envelope,
    ) -> Vec<Envelope> {
        let count = 1 + self.roll(most).min(self.roll(most));
        (0..count).map(|_| self.new_or_repeated(plain, &of)).collect()
    }

    fn claim_and_more(&mut self, plain: &Plain) -> Vec<Envelope> {
        let claim = ClaimWork { limit: 1 + self.roll(4), lease_us: 10_000_000 };
        let mut commands = vec![self.wrap(operator(), claim)];
        commands.extend(self.several(plain, GROUP_MAX - 1, Self::business));
        commands
    }

    /// A new command, or the same request as before, or another one under a key that was used.
    fn new_or_repeated(
        &mut self,
        plain: &Plain,
        of: impl Fn(&mut Self, &Plain) -> Envelope,
    ) -> Envelope {
        let mut envelope = of(self, plain);
        let nature = envelope.command.nature();
        let before = self.sent.iter().filter(|e| e.command.nature() == nature);
        let before = before.choose(&mut self.rng).cloned();
        match (self.roll(100), before) {
            (0..14, Some(before)) => envelope = self.again(before),
            (14..18, Some(before)) => {
                // Of another request, or as a record from before kept the same one.
                let raw = if self.roll(2) == 0 { Some(self.random_id()) } else { None };
                envelope.idempotency = before.idempotency.map(|key| IdempotencyKey {
                    key: key.key,
                    fingerprint: self.random_id(),
                    raw: raw.unwrap_or(key.fingerprint),
                });
            }
            (18..60, _) => envelope.idempotency = Some(self.key()),
            _ => {}
        }
        self.remember(&envelope);
        envelope
    }

    /// The edge draws the id of an order that waits, or has answers, for each request.
    fn again(&mut self, mut envelope: Envelope) -> Envelope {
        if let Command::Order(order::Command::PlaceOrder(order)) = &mut envelope.command {
            let id = OrderId(self.random_id());
            if let Steps::Two(wait) = &mut order.steps {
                (wait.order, wait.link) = (id, self.random_id());
            }
            if let Some(answers) = &mut order.input {
                answers.order = id;
            }
        }
        envelope
    }

    fn key(&mut self) -> IdempotencyKey {
        IdempotencyKey {
            key: self.named(commands::KEY),
            fingerprint: self.random_id(),
            raw: self.random_id(),
        }
    }

    fn remember(&mut self, envelope: &Envelope) {
        // A secret's hash is unique, and the edge draws another for each request: never send one twice.
        let again =
            !matches!(envelope.command, Command::Identity(identity::Command::CreateApiKey(_)));
        if again && envelope.idempotency.is_some() {
            self.sent.push(envelope.clone());
        }
    }

    fn wrap(&mut self, tenant: Tenant, command: impl Into<Command>) -> Envelope {
        let mut command = command.into();
        if let Some(BuyerRef::External { tag, .. }) = buyer_of(&mut command) {
            // A tag is keyed with its tenant, so no two books share one.
            tag[9] = u8::from(tenant.mode() == Mode::Live);
        }
        let request = RequestId(self.random_id());
        Envelope::of(Origin { tenant, request, actor: None, address: None }, command)
    }

    /// The merchant's test book, sometimes the live one, where nothing of the test book may be found.
    fn book(&mut self, plain: &Plain) -> Tenant {
        let mode = if self.roll(100) < 4 { Mode::Live } else { Mode::Test };
        Tenant::new(main_book(plain).merchant(), mode)
    }

    fn roll(&mut self, below: u32) -> u32 {
        self.rng.random_range(0..below)
    }

    fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of.choose(&mut self.rng).expect("something to choose from").clone()
    }

    fn random_id(&mut self) -> Id16 {
        let mut id = [0; 16];
        self.rng.fill_bytes(&mut id);
        id
    }

    /// One of these, sometimes one that nobody has.
    fn known(&mut self, ids: &[Id16]) -> Id16 {
        match ids.choose(&mut self.rng) {
            Some(id) if self.roll(100) < 94 => *id,
            _ => self.random_id(),
        }
    }

    /// A fresh key or tag of this sequence.
    fn named(&mut self, kind: u8) -> Id16 {
        self.drawn += 1;
        self.name(kind, self.drawn)
    }

    fn name(&self, kind: u8, number: u32) -> Id16 {
        let [mut id, _] = Self::keys(self.sequence);
        id[8] = kind;
        id[12..].copy_from_slice(&number.to_be_bytes());
        id
    }

    /// Bytes in the shape of a seal, one time in so many under the older key.
    fn sealed(&mut self, older_every: u32) -> Vec<u8> {
        let mut sealed = vec![0; 40];
        self.rng.fill_bytes(&mut sealed);
        let [older, newer] = KEYS.map(|key| key as u8);
        let key = if self.roll(older_every) == 0 { older } else { newer };
        sealed[..5].copy_from_slice(&[1, 0, 0, 0, key]);
        sealed
    }
}

/// Whom a command names as its buyer.
fn buyer_of(command: &mut Command) -> Option<&mut BuyerRef> {
    match command {
        Command::Order(order::Command::PlaceOrder(command)) => Some(&mut command.buyer),
        Command::Ledger(ledger::Command::CreditWallet(command)) => Some(&mut command.buyer),
        Command::Ledger(ledger::Command::MakeHold(command)) => Some(&mut command.buyer),
        _ => None,
    }
}

/// The test book of the sequence's first merchant.
pub fn main_book(plain: &Plain) -> Tenant {
    let first = plain.merchants.iter().min_by_key(|(_, name)| *name != commands::MAIN);
    Tenant::new(*first.expect("the first merchant").0, Mode::Test)
}
