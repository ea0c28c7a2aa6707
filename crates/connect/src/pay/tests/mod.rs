//! What the tests of all channels share: a server that answers as it is told, a door to it, an intent.

pub mod server;
mod silence;

use super::*;
use kernel::{Currency, Money, OrderId, PaymentId, RefundId, Timestamp};
use server::Server;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

pub const PAYMENT: PaymentId = PaymentId([1; 16]);
pub const OTHER_PAYMENT: PaymentId = PaymentId([3; 16]);
pub const ORDER: OrderId = OrderId([2; 16]);
pub const REFUND: RefundId = RefundId([4; 16]);

/// A door to a server, which waits long enough for a busy machine.
pub fn door(server: &Server) -> Door {
    patient_door(server, Duration::from_secs(30))
}

pub fn patient_door(server: &Server, patience: Duration) -> Door {
    let next = AtomicU8::new(0);
    let http = Http::new(patience).expect("roots");
    let nonces = move || [next.fetch_add(1, Ordering::Relaxed); 16];
    Door::new(http, Gateways::sandbox(&server.origin), nonces).expect("loopback")
}

pub fn intent(way: Way) -> Intent {
    Intent {
        payment: PAYMENT,
        order: Some(ORDER),
        amount: Money::new(1990, Currency::Cny),
        way,
        subject: "视频会员 1 个月".into(),
        notice_url: "https://pay.example/notify".into(),
        return_url: "https://shop.example/o?a=1&b=2".into(),
        expires_at: Timestamp(1_800_000_900_000_000),
    }
}

pub fn question(reference: Option<&str>) -> Question {
    Question { payment: PAYMENT, reference: reference.map(str::to_owned) }
}

pub fn refund_intent(transaction: &str) -> RefundIntent {
    RefundIntent {
        refund: REFUND,
        payment: PAYMENT,
        transaction: transaction.into(),
        amount: Money::new(90, Currency::Cny),
        total: Money::new(1990, Currency::Cny),
        reason: "退款".into(),
        notice_url: "https://pay.example/notify".into(),
    }
}

pub fn refund_question(transaction: &str, number: Option<&str>) -> RefundQuestion {
    let (transaction, number) = (transaction.to_owned(), number.map(str::to_owned));
    RefundQuestion { refund: REFUND, payment: PAYMENT, transaction, number }
}

pub fn paid(number: &str) -> Paid {
    let amount = Money::new(1990, Currency::Cny);
    Paid { number: number.into(), amount, paid_at: None, returned: false }
}

/// The code of an outcome that is not known.
pub fn unknown<T: std::fmt::Debug>(asked: &Asked<T>) -> &str {
    match &asked.outcome {
        Outcome::Unknown(why) => &why.code,
        other => panic!("expected not to know: {other:?}"),
    }
}

/// The code of an outcome that failed.
pub fn failed<T: std::fmt::Debug>(asked: &Asked<T>) -> &str {
    match &asked.outcome {
        Outcome::Failed(why) => &why.code,
        other => panic!("expected a failure: {other:?}"),
    }
}

/// The answer of an outcome that succeeded.
pub fn good<T: std::fmt::Debug>(asked: Asked<T>) -> T {
    match asked.outcome {
        Outcome::Succeeded(answer) => answer,
        other => panic!("expected an answer: {other:?}"),
    }
}
