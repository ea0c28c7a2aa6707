//! Facts about wallets and their holds, and the transfer as every fact tells it.

use crate::fact::FactBody;
use crate::fold::Folded;
use crate::ledger::HoldState;
use kernel::{AccountId, BuyerId, HoldId, Tenant, Timestamp, TransferId};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Ledger:
    "wallet.credited" 1 => WalletCredited,
    "hold.made" 1 => HoldMade,
    "hold.posted" 1 => HoldPosted,
    "hold.voided" 1 => HoldVoided,
}

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

impl FactBody for WalletCredited {
    fn postings(&self) -> &[Posting] {
        std::slice::from_ref(&self.posting)
    }
}

/// A part of a wallet was put on hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldMade {
    /// The hold.
    pub hold: HoldId,
    /// The wallet's account.
    pub account: AccountId,
    /// Whose wallet.
    pub buyer: BuyerId,
    /// How much.
    pub amount: i64,
}

impl FactBody for HoldMade {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.keep(tenant, self.account, self.amount);
        rows.holds.insert((tenant, self.hold), (self.amount, 0, HoldState::Pending));
    }
}

/// A hold was posted; the rest of it was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldPosted {
    /// The hold.
    pub hold: HoldId,
    /// The wallet's account.
    pub account: AccountId,
    /// What is no longer held.
    pub released: i64,
    /// What moved.
    pub posting: Posting,
}

impl FactBody for HoldPosted {
    fn postings(&self) -> &[Posting] {
        std::slice::from_ref(&self.posting)
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.keep(tenant, self.account, -self.released);
        let ended = (self.released, self.posting.amount, HoldState::Posted);
        rows.holds.insert((tenant, self.hold), ended);
    }
}

/// A hold was voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldVoided {
    /// The hold.
    pub hold: HoldId,
    /// The wallet's account.
    pub account: AccountId,
    /// What is no longer held.
    pub released: i64,
}

impl FactBody for HoldVoided {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.keep(tenant, self.account, -self.released);
        rows.holds.insert((tenant, self.hold), (self.released, 0, HoldState::Voided));
    }
}
