//! Commands of orders in two steps: placing, paying, mishaps, refunds.

use super::{Generator, main_book};
use crate::model::plain::{Book, Plain};
use domain::order::close::{CancelOrder, ExpireOrder};
use domain::order::place::{PlaceOrder, Steps, Wait};
use domain::order::{Order, Visit};
use domain::payment::receive::{ReceiveNotice, Said};
use domain::payment::recharge::StartRecharge;
use domain::payment::start::StartPayment;
use domain::payment::test_channel::PayLater;
use domain::payment::{PayMethod, Payment};
use domain::refund::RefundState;
use domain::refund::request::RequestRefund;
use domain::refund::retry::RetryRefund;
use domain::refund::settle::{Answer, SettleRefund};
use domain::{Command, Envelope};
use kernel::{Currency, Id16, Money, OrderId, PaymentId, RefundId};

/// More than an order may have.
const ATTEMPTS: usize = 12;

impl Generator {
    pub(super) fn in_two_steps(&mut self, plain: &Plain, book: &Book) -> Command {
        let waiting = book.orders.iter().any(|(order, _)| order.waits());
        let paying = book.payments.values().any(|payment| payment.method == PayMethod::Test);
        match self.roll(100) {
            _ if !waiting && self.roll(10) < 5 => Command::from(self.placed(plain)),
            _ if waiting && !paying && self.roll(10) < 5 => {
                let order = self.order_id(book, Order::waits);
                Command::from(StartPayment { order, method: PayMethod::Test, channel: None })
            }
            0..28 => Command::from(self.placed(plain)),
            28..33 => {
                let order = self.order_id(book, Order::waits);
                Command::from(CancelOrder { order })
            }
            33..39 => {
                let order = self.order_id(book, Order::waits);
                Command::from(ExpireOrder { order })
            }
            39..44 => Command::from(self.recharge(book)),
            44..56 => {
                let order = self.order_id(book, Order::waits);
                let method = self.one_of(&[PayMethod::Wallet, PayMethod::Test, PayMethod::Test]);
                Command::from(StartPayment { order, method, channel: None })
            }
            56..74 => Command::from(self.notice(book)),
            74..80 => Command::from(self.later(book)),
            80..92 => Command::from(self.refund(book)),
            92..97 => Command::from(self.settle(book)),
            _ => Command::from(self.retry(book)),
        }
    }

    /// One order that waits is tried to be paid more often than it may be.
    pub(super) fn attempts(&mut self, plain: &Plain) -> Option<Vec<Envelope>> {
        let book = &plain.books[&main_book(plain)];
        let mut waiting = book.orders.iter().filter(|(order, _)| order.waits() && order.total > 0);
        let order = waiting.next()?.0.id;
        let start = StartPayment { order, method: PayMethod::Test, channel: None };
        let wrapped = |_| self.wrap(main_book(plain), start);
        Some((0..ATTEMPTS).map(wrapped).collect())
    }

    fn placed(&mut self, plain: &Plain) -> PlaceOrder {
        let (address, device) = (self.roll(2) as u8, self.roll(2) as u8);
        let person = (self.roll(4) == 0).then_some([self.roll(2) as u8 + 7; 16]);
        let visit = Visit { address: [address; 16], device: [device; 16], person };
        let order = self.order(plain);
        let drawn = order.input.as_ref().map(|answers| answers.order);
        let wait = Wait {
            order: drawn.unwrap_or_else(|| OrderId(self.random_id())),
            link: self.random_id(),
            hold_us: self.one_of(&[600, 90_000, 400_000]) * 1_000_000,
            visit: (self.roll(3) > 0).then_some(visit),
        };
        PlaceOrder { steps: Steps::Two(wait), ..order }
    }

    /// An order of this kind, sometimes any other, sometimes none.
    fn order_id(&mut self, book: &Book, of: fn(&Order) -> bool) -> OrderId {
        let any = self.roll(100) < 12;
        let orders = book.orders.iter().filter(|(order, _)| any || of(order));
        let ids: Vec<Id16> = orders.map(|(order, _)| order.id.0).collect();
        OrderId(self.known(&ids))
    }

    fn recharge(&mut self, book: &Book) -> StartRecharge {
        let amount = self.one_of(&[100, 5_000, 20_000, 5_000, 0, -5, i64::MAX]);
        let currency = self.one_of(&[Currency::Cny, Currency::Cny, Currency::Cny, Currency::Jpy]);
        let method =
            self.one_of(&[PayMethod::Test, PayMethod::Test, PayMethod::Test, PayMethod::Wallet]);
        let (buyer, amount) = (self.buyer(book), Money::new(amount, currency));
        StartRecharge { buyer, amount, method, channel: None }
    }

    /// What is due, too little, too much, nothing, yen; from a few numbers that come again.
    fn notice(&mut self, book: &Book) -> ReceiveNotice {
        let payments: Vec<&Payment> =
            book.payments.values().filter(|p| p.method == PayMethod::Test).collect();
        let Some(payment) = self.some(&payments).copied().cloned() else {
            return self.notice_of_nothing();
        };
        let (due, currency) = (payment.amount, payment.currency);
        let paid = |amount| Said::Paid(Money::new(amount, currency));
        let said = match self.roll(20) {
            0 => Said::Paid(Money::new(due, Currency::Usd)),
            1 => paid(0),
            2..5 => Said::Failed,
            5 => Said::Closed,
            6..9 => paid((due - 1).max(1)),
            9..12 => paid(due + 7),
            _ => paid(due),
        };
        let told: Vec<String> = book.notices.iter().map(|n| n.id.to_string()).collect();
        let number = match self.some(&told) {
            Some(number) if self.roll(3) == 0 => number.clone(),
            _ => format!("t-{}", self.roll(60)),
        };
        let order =
            if self.roll(15) == 0 { Some(OrderId(self.random_id())) } else { payment.order() };
        ReceiveNotice {
            method: PayMethod::Test,
            account: None,
            payment: payment.id,
            order,
            number,
            said,
            returned: false,
            exchange: None,
        }
    }

    fn notice_of_nothing(&mut self) -> ReceiveNotice {
        ReceiveNotice {
            method: PayMethod::Test,
            payment: PaymentId(self.random_id()),
            order: Some(OrderId(self.random_id())),
            number: "t".to_owned(),
            said: Said::Failed,
            account: None,
            returned: false,
            exchange: None,
        }
    }

    fn later(&mut self, book: &Book) -> PayLater {
        let ids: Vec<Id16> = book.payments.keys().map(|id| id.0).collect();
        let seconds = self.one_of(&[0, 30, 86_401]);
        PayLater { payment: PaymentId(self.known(&ids)), seconds }
    }

    fn refund(&mut self, book: &Book) -> RequestRefund {
        let order = self.order_id(book, |order| order.is_paid() && order.refunded < order.paid);
        let lines = self.one_of(&[
            None,
            None,
            Some(vec![(1, 1)]),
            Some(vec![(1, 1)]),
            Some(vec![(2, 1)]),
            Some(vec![(1, 1), (2, 1)]),
            Some(vec![(1, 2)]),
            Some(vec![(1, 0)]),
        ]);
        let reason = self.one_of(&[None, Some("不要了".to_owned())]);
        RequestRefund { order, lines, reason, overriding: self.roll(4) == 0, up_to: None }
    }

    fn settle(&mut self, book: &Book) -> SettleRefund {
        let ids: Vec<Id16> = book.refunds.keys().map(|id| id.0).collect();
        let answer =
            self.one_of(&[Answer::Succeeded, Answer::Succeeded, Answer::Failed, Answer::Unknown]);
        SettleRefund { refund: RefundId(self.known(&ids)), answer }
    }

    /// A refund that failed, if there is one.
    fn retry(&mut self, book: &Book) -> RetryRefund {
        let failed = book.refunds.values().filter(|refund| refund.state == RefundState::Failed);
        let failed: Vec<Id16> = failed.map(|refund| refund.id.0).collect();
        let all: Vec<Id16> = book.refunds.keys().map(|id| id.0).collect();
        let ids = if failed.is_empty() || self.roll(4) == 0 { all } else { failed };
        RetryRefund { refund: RefundId(self.known(&ids)) }
    }

    fn some<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() { None } else { of.get(self.roll(of.len() as u32) as usize) }
    }
}
