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

async fn random_histories_go_as_the_plain_model_says(kind: Kind) {
    let till = Till::open(kind).await;
    let seed = std::env::var("TESSERA_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(19);
    println!("TESSERA_SEED={seed}");
    let mut random = ChaCha12Rng::seed_from_u64(seed);
    let days = json!({ "validity": { "days": 2 } });
    let skus = [
        (till.sku(1_000, count(3), days.clone()).await, 1_000, 3, false),
        (till.sku(777, worth(500), days).await, 777, 500, true),
    ];
    let mut vouchers: Vec<Voucher> = Vec::new();
    let mut uses: Vec<Use> = Vec::new();
    let (mut now, mut wallet) = (0, till.wallet().await);
    for step in 0..STEPS {
        match random.random_range(0..10) {
            0 | 1 => {
                let (sku, price, total, money) = &skus[random.random_range(0..2_usize)];
                let (order, made) = till.buy(sku, 1).await;
                wallet -= price;
                let code = made[0].1.clone();
                let (total, ends) = (*total, now + 2 * DAY);
                vouchers.push(Voucher {
                    code,
                    order,
                    total,
                    left: total,
                    price: *price,
                    money: *money,
                    ends,
                    state: State::Effective,
                });
            }
            2..=5 if !vouchers.is_empty() => {
                let at = random.random_range(0..vouchers.len());
                let voucher = &mut vouchers[at];
                let taken = random.random_range(1..=if voucher.money { 250 } else { 2 });
                let answer = if voucher.money {
                    till.amount(&voucher.code, taken).await
                } else {
                    till.uses(&voucher.code, taken as u32).await
                };
                let says = match voucher.state {
                    State::Voided => "voucher_state",
                    State::Used => "voucher_used_up",
                    State::Expired => "voucher_expired",
                    State::Effective if now >= voucher.ends => "voucher_expired",
                    State::Effective if taken > voucher.left => "voucher_used_up",
                    State::Effective => "",
                };
                agree(step, &answer, says);
                if says.is_empty() {
                    voucher.left -= taken;
                    if voucher.left == 0 {
                        voucher.state = State::Used;
                    }
                    uses.push(Use {
                        answer: answer.json,
                        voucher: at,
                        taken,
                        at: now,
                        back: false,
                    });
                }
            }
            6 | 7 if !uses.is_empty() => {
                let at = random.random_range(0..uses.len());
                let used = &mut uses[at];
                let voucher = &mut vouchers[used.voucher];
                let answer = till.reverse(&used.answer).await;
                let says = match voucher.state {
                    _ if used.back || now >= used.at + DAY => "voucher_state",
                    State::Voided => "voucher_state",
                    State::Expired => "voucher_expired",
                    State::Effective | State::Used => "",
                };
                agree(step, &answer, says);
                if says.is_empty() {
                    (used.back, voucher.state) = (true, State::Effective);
                    voucher.left += used.taken;
                }
            }
            8 if !vouchers.is_empty() => {
                let at = random.random_range(0..vouchers.len());
                let voucher = &mut vouchers[at];
                let answer = till.refund(&voucher.order, json!({})).await;
                if voucher.state == State::Effective {
                    agree(step, &answer, "");
                    wallet += voucher.unearned() / 100;
                    voucher.state = State::Voided;
                } else {
                    assert_eq!(answer.status, 409, "{step}: {}", answer.text);
                }
            }
            _ => {
                let hours = random.random_range(1..10) * HOUR;
                till.pass(hours);
                now += hours;
            }
        }
        // What the timer does meanwhile is waited for, so that the model need not guess when.
        till.swept().await;
        for voucher in vouchers.iter_mut() {
            if voucher.state == State::Effective && now >= voucher.ends {
                wallet += voucher.unearned() / 100;
                voucher.state = State::Expired;
            }
        }
    }
    let effective = || vouchers.iter().filter(|voucher| voucher.state == State::Effective);
    // Uses count one, money ten thousandths.
    let units = |voucher: &Voucher, amount: i64| if voucher.money { amount * 100 } else { amount };
    let left: i64 = effective().map(|voucher| units(voucher, voucher.left)).sum();
    let taken = uses.iter().filter(|used| !used.back);
    let taken: i64 = taken.map(|used| units(&vouchers[used.voucher], used.taken)).sum();
    assert_eq!(till.balance(OUTSTANDING).await, left);
    assert_eq!(till.balance(REDEEMED).await, taken);
    assert_eq!(till.balance(UNEARNED).await, effective().map(Voucher::unearned).sum::<i64>());
    assert_eq!(till.wallet().await, wallet);
    assert!(uses.len() > 30 && uses.iter().any(|used| used.back), "{} uses", uses.len());
    till.close().await;
}

fn agree(step: usize, answer: &Answer, says: &str) {
    let said = if answer.status == 201 { "" } else { answer.code() };
    assert_eq!(said, says, "step {step}: {}", answer.text);
}
