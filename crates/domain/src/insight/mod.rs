//! What is told of orders behind the journal: by what they are found, which facts are theirs, and what was sold.
//!
//! Nothing here is written by the batch that sells, and nothing decides by it: who follows the journal reads facts, and
//! brings what they say with the number up to which he read. All of it could be made again from the journal.

pub mod follow;
pub mod moved;
pub mod sales;
pub mod told;
pub mod world;

use crate::payment::PaymentState;
use crate::refund::RefundState;
use kernel::{Id16, OrderId};

crate::dispatch::verbs! {
    Insight:
    "follow_journal" => follow::FollowJournal,
}

crate::numbered::numbered! {
    /// By what an order is found. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum KeyName {
        /// Who bought.
        Buyer = 1,
        /// What it costs.
        Amount = 2,
        /// What was bought.
        Sku = 3,
        /// The batch of a delivered code.
        Batch = 4,
        /// Its state, unless it is the usual one.
        State = 5,
        /// Keyed hash of something that its buyer answered, such as his phone number.
        Answer = 6,
        /// A refund of it waits for a person.
        StuckRefund = 7,
        /// A payment of it that its buyer may still pay.
        OpenPayment = 8,
        /// A payment of it that its channel says failed.
        FailedPayment = 9,
        /// A payment of it whose money paid nothing and goes back.
        ReturnedPayment = 10,
        /// A refund of it that is on its way through a channel.
        RefundUnderWay = 11,
    }
}

/// A key of an order: the name, the value, the order.
pub type OrderKey = (KeyName, Id16, OrderId);

/// The value by which an amount is found; values stand in the order of the amounts.
pub fn amount_key(amount: i64) -> Id16 {
    let mut key = [0; 16];
    key[..8].copy_from_slice(&amount.max(0).to_be_bytes());
    key
}

/// By what payments of a state are found; the value is the payment's id. Most succeed or end without money, and no key
/// says so.
pub fn payment_key(state: PaymentState) -> Option<KeyName> {
    match state {
        PaymentState::Created | PaymentState::Pending => Some(KeyName::OpenPayment),
        PaymentState::Failed => Some(KeyName::FailedPayment),
        PaymentState::Returned => Some(KeyName::ReturnedPayment),
        PaymentState::Succeeded | PaymentState::Closed => None,
    }
}

/// By what refunds of a state are found; the value is the refund's id.
pub fn refund_key(state: RefundState) -> Option<KeyName> {
    match state {
        RefundState::Processing => Some(KeyName::RefundUnderWay),
        RefundState::Failed => Some(KeyName::StuckRefund),
        RefundState::Succeeded => None,
    }
}

/// The value by which orders of a state are found. Most orders are delivered, and no key says so.
pub fn state_key(state: crate::order::OrderState) -> Option<Id16> {
    use crate::order::OrderState as State;
    let number = match state {
        State::Delivered => return None,
        State::PendingPayment => 1,
        State::Paid => 2,
        State::PartiallyDelivered => 3,
        State::Cancelled => 4,
        State::PartiallyRefunded => 5,
        State::Refunded => 6,
    };
    let mut key = [0; 16];
    key[15] = number;
    Some(key)
}
