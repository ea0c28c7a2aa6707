//! A plain model of vouchers: what it says is what the program answers, through random histories on both engines.

use super::{DAY, OUTSTANDING, REDEEMED, Till, UNEARNED, count, worth};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha12Rng;
use serde_json::{Value, json};
use testkit::{Answer, Kind, on_both};

on_both!(random_histories_go_as_the_plain_model_says);

/// Steps of a history.
const STEPS: usize = 400;
/// An hour in microseconds.
const HOUR: i64 = 3_600_000_000;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Effective,
    Used,
    Expired,
    Voided,
}

struct Voucher {
    code: String,
    order: String,
    total: i64,
    left: i64,
    /// In fen.
    price: i64,
    money: bool,
    ends: i64,
    state: State,
}

struct Use {
    answer: Value,
    voucher: usize,
    taken: i64,
    at: i64,
    back: bool,
}

impl Voucher {
    /// What is not earned, in ledger units.
    fn unearned(&self) -> i64 {
        let price = self.price * 100;
        price - price * (self.total - self.left) / self.total
    }
}

/// What was done, and what must have come of it.
struct Plain {
    till: Till,
    random: ChaCha12Rng,
    vouchers: Vec<Voucher>,
    uses: Vec<Use>,
    now: i64,
    wallet: i64,
}

impl Plain {
    async fn buy(&mut self, (sku, price, total, money): &(String, i64, i64, bool)) {
        let (order, made) = self.till.buy(sku, 1).await;
        self.wallet -= price;
        self.vouchers.push(Voucher {
            code: made[0].1.clone(),
            order,
            total: *total,
            left: *total,
            price: *price,
            money: *money,
            ends: self.now + 2 * DAY,
            state: State::Effective,
        });
    }

    async fn redeem(&mut self) {
        let at = self.random.random_range(0..self.vouchers.len());
        let voucher = &mut self.vouchers[at];
        let taken = self.random.random_range(1..=if voucher.money { 250 } else { 2 });
        let answer = match voucher.money {
            true => self.till.amount(&voucher.code, taken).await,
            false => self.till.uses(&voucher.code, taken as u32).await,
        };
        let says = match voucher.state {
            State::Voided => "voucher_state",
            State::Used => "voucher_used_up",
            State::Expired => "voucher_expired",
            State::Effective if taken > voucher.left => "voucher_used_up",
            State::Effective => "",
        };
        agree(&answer, says);
        if says.is_empty() {
            voucher.left -= taken;
            if voucher.left == 0 {
                voucher.state = State::Used;
            }
            let (answer, at_time) = (answer.json, self.now);
            self.uses.push(Use { answer, voucher: at, taken, at: at_time, back: false });
        }
    }

    async fn reverse(&mut self) {
        let at = self.random.random_range(0..self.uses.len());
        let used = &mut self.uses[at];
        let voucher = &mut self.vouchers[used.voucher];
        let answer = self.till.reverse(&used.answer).await;
        let says = match voucher.state {
            _ if used.back || self.now >= used.at + DAY => "voucher_state",
            State::Voided => "voucher_state",
            State::Expired => "voucher_expired",
            State::Effective | State::Used => "",
        };
        agree(&answer, says);
        if says.is_empty() {
            (used.back, voucher.state) = (true, State::Effective);
            voucher.left += used.taken;
        }
    }

    async fn refund(&mut self) {
        let at = self.random.random_range(0..self.vouchers.len());
        let voucher = &mut self.vouchers[at];
        let answer = self.till.refund(&voucher.order, json!({})).await;
        if voucher.state == State::Effective {
            agree(&answer, "");
            self.wallet += voucher.unearned() / 100;
            voucher.state = State::Voided;
        } else {
            assert_eq!(answer.status, 409, "{}", answer.text);
        }
    }

    /// What the timer does meanwhile is waited for, so that the model need not guess when.
    async fn expire(&mut self) {
        self.till.swept().await;
        for voucher in &mut self.vouchers {
            if voucher.state == State::Effective && self.now >= voucher.ends {
                self.wallet += voucher.unearned() / 100;
                voucher.state = State::Expired;
            }
        }
    }

    async fn check(self) {
        let Self { till, vouchers, uses, wallet, .. } = self;
        let effective = || vouchers.iter().filter(|voucher| voucher.state == State::Effective);
        // Uses count one, money ten thousandths.
        let units = |voucher: &Voucher, amount: i64| amount * if voucher.money { 100 } else { 1 };
        let left: i64 = effective().map(|voucher| units(voucher, voucher.left)).sum();
        let taken = uses.iter().filter(|used| !used.back);
        let taken: i64 = taken.map(|used| units(&vouchers[used.voucher], used.taken)).sum();
        assert_eq!(till.balance(OUTSTANDING).await, left);
        assert_eq!(till.balance(REDEEMED).await, taken);
        let unearned: i64 = effective().map(Voucher::unearned).sum();
        assert_eq!(till.balance(UNEARNED).await, unearned);
        assert_eq!(till.wallet().await, wallet);
        assert!(uses.len() > 30 && uses.iter().any(|used| used.back), "{} uses", uses.len());
        till.close().await;
    }
}

async fn random_histories_go_as_the_plain_model_says(kind: Kind) {
    let till = Till::open(kind).await;
    let seed = std::env::var("TESSERA_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(19);
    println!("TESSERA_SEED={seed}");
    let days = json!({ "validity": { "days": 2 } });
    let skus = [
        (till.sku(1_000, count(3), days.clone()).await, 1_000, 3, false),
        (till.sku(777, worth(500), days).await, 777, 500, true),
    ];
    let (random, wallet) = (ChaCha12Rng::seed_from_u64(seed), till.wallet().await);
    let mut plain = Plain { till, random, vouchers: Vec::new(), uses: Vec::new(), now: 0, wallet };
    for step in 0..STEPS {
        println!("step {step}");
        match plain.random.random_range(0..10) {
            0 | 1 => {
                let sku = plain.random.random_range(0..skus.len());
                plain.buy(&skus[sku]).await;
            }
            2..=5 if !plain.vouchers.is_empty() => plain.redeem().await,
            6 | 7 if !plain.uses.is_empty() => plain.reverse().await,
            8 if !plain.vouchers.is_empty() => plain.refund().await,
            _ => {
                let hours = plain.random.random_range(1..10) * HOUR;
                plain.till.pass(hours);
                plain.now += hours;
            }
        }
        plain.expire().await;
    }
    plain.check().await;
}

fn agree(answer: &Answer, says: &str) {
    let said = if answer.status == 201 { "" } else { answer.code() };
    assert_eq!(said, says, "{}", answer.text);
}
