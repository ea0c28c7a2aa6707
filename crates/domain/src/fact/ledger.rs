//! Facts about wallets and their holds, and the transfer as every fact tells it.

use kernel::{AccountId, BuyerId, HoldId, TransferId};
use serde::{Deserialize, Serialize};

/// A transfer, as a fact tells it: enough to fold balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The account that gave.
    pub debit: AccountId,
    /// The account that received.
    pub credit: AccountId,
    /// What moved.
    pub amount: i64,
}

/// A wallet was credited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletCredited {
    /// The transfer.
    pub transfer: TransferId,
    /// Whose wallet.
    pub buyer: BuyerId,
    /// What moved.
    pub posting: Posting,
}

/// A part of a wallet was put on hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldMade {
    /// Which.
    pub hold: HoldId,
    /// The wallet's account.
    pub account: AccountId,
    /// Whose wallet.
    pub buyer: BuyerId,
    /// How much.
    pub amount: i64,
}

/// A hold was posted; the rest of it was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldPosted {
    /// Which.
    pub hold: HoldId,
    /// The wallet's account.
    pub account: AccountId,
    /// What is no longer held.
    pub released: i64,
    /// What moved.
    pub posting: Posting,
}

/// A hold was voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldVoided {
    /// Which.
    pub hold: HoldId,
    /// The wallet's account.
    pub account: AccountId,
    /// What is no longer held.
    pub released: i64,
}
