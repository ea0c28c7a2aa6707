//! Double entry with units and bounds. What is owned is an account; a change is a transfer.
//!
//! A transfer is one row that moves an amount from the `debit` account to the `credit` account, so
//! postings sum to zero by construction. An account's balance is its credits minus its debits. Bounded
//! accounts (wallets, stock) never give more than they have free; the others only gather a delta.

pub mod credit_wallet;
pub mod fact;
pub mod hold;
pub mod transfer;
pub mod world;

use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use kernel::{AccountId, BuyerId, Currency, HoldId, Id16, SkuId, Tenant, Timestamp, TransferId};
use serde::{Deserialize, Serialize};

crate::dispatch::verbs! {
    Ledger:
    "credit_wallet" => credit_wallet::CreditWallet,
    "make_hold" => hold::MakeHold,
    "post_hold" => hold::PostHold,
    "void_hold" => hold::VoidHold,
}

crate::numbered::numbered! {
    /// What an account is for. The number is what the store writes and never changes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum AccountKind {
        /// A buyer's stored value. Custodian: memo, until a payment channel backs it.
        Wallet = 1,
        /// Pieces of a SKU that can be sold.
        Stock = 2,
        /// Where credits of wallets come from.
        Funding = 3,
        /// What sales brought in.
        Sales = 4,
        /// Where stock comes from.
        Supplied = 5,
        /// Pieces that buyers got.
        Issued = 6,
        /// Pieces that crossed their date unsold.
        Expired = 7,
        /// What payment channels took in and have not paid out. Custodian: the channel.
        Clearing = 8,
        /// Money that came in and is for no goods; it goes back.
        Unapplied = 9,
        /// Money on its way back through a payment channel.
        Refunding = 10,
        /// What was given back for goods that stayed with the buyer.
        Losses = 11,
        /// Pieces that were made worthless.
        Voided = 12,
        /// Pieces that a person keeps from sale.
        Frozen = 13,
        /// Pieces whose codes do not open.
        Damaged = 15,
        /// What payment channels keep of payments, by the rate of their account.
        ChannelFees = 18,
        /// Fees that channels have not billed yet. Custodian: the channel.
        FeesAccrued = 19,
        /// What is left of a SKU's vouchers: the control account of their rows.
        Outstanding = 30,
        /// Where the worth of vouchers comes from.
        Granted = 31,
        /// What was redeemed of vouchers.
        Redeemed = 32,
        /// What was left of vouchers that expired or were taken back.
        Lapsed = 33,
        /// What was paid for vouchers and is not earned yet: a liability.
        Unearned = 34,
        /// Lines that own what a SKU's buyers share: how many holders it has.
        Held = 40,
        /// Where that comes from, and goes when it is taken back.
        Shared = 41,
    }
}

impl AccountKind {
    /// Whether the balance, less what is held, must stay at or above zero.
    pub fn bounded(self) -> bool {
        matches!(self, Self::Wallet | Self::Stock)
    }
}

/// What an account counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 1/10,000 of a currency's major unit.
    Money(Currency),
    /// Whole pieces of the SKU that owns the account.
    Pieces,
}

impl Unit {
    /// What the store writes: the ISO number of a currency, 0 for pieces.
    pub fn number(self) -> i64 {
        match self {
            Self::Money(currency) => currency.number(),
            Self::Pieces => 0,
        }
    }

    /// The unit stored under a number.
    pub fn from_number(number: i64) -> Option<Self> {
        if number == 0 {
            return Some(Self::Pieces);
        }
        Currency::from_number(number).map(Self::Money)
    }
}

/// Who owns an account, for what, in which unit. Its id follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountKey {
    /// The book it lies in.
    pub tenant: Tenant,
    /// The bytes of a buyer, a SKU or the tenant itself.
    pub owner: Id16,
    /// What it is for.
    pub kind: AccountKind,
    /// What it counts.
    pub unit: Unit,
}

impl AccountKey {
    /// A buyer's wallet in a currency.
    pub fn wallet(tenant: Tenant, buyer: BuyerId, currency: Currency) -> Self {
        Self { tenant, owner: buyer.0, kind: AccountKind::Wallet, unit: Unit::Money(currency) }
    }

    /// An account of pieces of a SKU.
    pub fn pieces(tenant: Tenant, sku: SkuId, kind: AccountKind) -> Self {
        Self { tenant, owner: sku.0, kind, unit: Unit::Pieces }
    }

    /// An account of the merchant's own in a currency.
    pub fn own(tenant: Tenant, kind: AccountKind, currency: Currency) -> Self {
        Self { tenant, owner: *tenant.bytes(), kind, unit: Unit::Money(currency) }
    }

    /// The account's id: the owner's, with kind and unit folded into the first random bytes.
    ///
    /// Distinct keys of one owner give distinct ids, and ids of owners that were made together stay
    /// together in the index.
    pub fn id(&self) -> AccountId {
        let mut id = self.owner;
        let unit = (self.unit.number() as u16).to_be_bytes();
        id[6] ^= self.kind as u8;
        id[7] ^= unit[0];
        id[8] ^= unit[1];
        AccountId(id)
    }

    /// The SKU whose pieces an account of this kind counts: takes out of the account's id what [`Self::id`] folds in.
    pub fn sku_of(account: AccountId, kind: AccountKind) -> SkuId {
        let mut sku = account.0;
        sku[6] ^= kind as u8;
        SkuId(sku)
    }
}

/// An account's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Its owner, kind and unit.
    pub key: AccountKey,
    /// Credits minus debits.
    pub balance: i64,
    /// The part of the balance that pending holds keep.
    pub held: i64,
    /// The newest transfer of a bounded account; entries are chained through it.
    pub last_transfer: Option<TransferId>,
}

impl Account {
    /// An account nothing has happened to yet.
    pub fn empty(key: AccountKey) -> Self {
        Self { key, balance: 0, held: 0, last_transfer: None }
    }

    /// What can be moved out.
    pub fn free(&self) -> i64 {
        self.balance - self.held
    }
}

crate::numbered::numbered! {
    /// Why money or pieces moved. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Reason {
        /// A wallet was credited.
        Credit = 1,
        /// An order was paid from a wallet.
        Sale = 2,
        /// Codes were imported.
        Import = 3,
        /// Codes went to a buyer.
        Issue = 4,
        /// Codes crossed their date.
        Expiry = 5,
        /// A hold was posted.
        HoldPosted = 6,
        /// Money came in through a payment channel.
        Receipt = 7,
        /// Money was given back, or is on its way.
        Refund = 8,
        /// A payment channel said how a refund ended.
        RefundSettled = 9,
        /// Codes went back to stock.
        Return = 10,
        /// Codes that came back were made worthless.
        Void = 11,
        /// Codes were taken out of sale.
        Freeze = 12,
        /// Codes may be sold again.
        Unfreeze = 13,
        /// Codes that nobody bought were made worthless.
        VoidUnsold = 14,
        /// Voided codes that nobody saw came in again.
        Readmit = 15,
        /// Codes left for another SKU, or for another date.
        Relocate = 17,
        /// Codes that do not open were set aside.
        Damage = 18,
        /// Codes came from another SKU, or with another date.
        Arrive = 19,
        /// A payment channel keeps its fee of money that came in.
        Fee = 20,
        /// Vouchers went to a buyer.
        Deliver = 30,
        /// Some of a voucher was redeemed.
        Redeem = 31,
        /// A redemption was taken back.
        Reverse = 32,
        /// A voucher's time was over.
        Lapse = 33,
        /// What was left of a voucher was paid back.
        TakeBack = 34,
        /// Vouchers were made without an order.
        Make = 35,
    }
}

/// A transfer's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// The book it lies in.
    pub tenant: Tenant,
    /// The account that gives.
    pub debit: AccountId,
    /// The account that receives.
    pub credit: AccountId,
    /// What is moved, always positive.
    pub amount: i64,
    /// What the amount counts.
    pub unit: Unit,
    /// The reason.
    pub reason: Reason,
    /// The order, import, hold … that made it. Linked transfers share it.
    pub subject: Id16,
    /// The time.
    pub at: Timestamp,
    /// The debit account's transfer before this one, if that account is bounded.
    pub debit_previous: Option<TransferId>,
    /// The credit account's transfer before this one, if that account is bounded.
    pub credit_previous: Option<TransferId>,
    /// The debit account's balance after it, if that account is bounded.
    pub debit_balance: Option<i64>,
    /// The credit account's balance after it, if that account is bounded.
    pub credit_balance: Option<i64>,
}

crate::numbered::numbered! {
    /// Where a hold stands.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum HoldState {
        /// Keeps its amount.
        Pending = 1,
        /// Moved, in whole or in part; the rest was released.
        Posted = 2,
        /// Released without moving anything.
        Voided = 3,
    }
}

/// A hold's row: a transfer that waits for what made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// The account that gives; bounded.
    pub debit: AccountKey,
    /// The account that receives when it is posted.
    pub credit: AccountKey,
    /// What is kept.
    pub amount: i64,
    /// What was moved.
    pub posted: i64,
    /// Where it stands.
    pub state: HoldState,
    /// When it was made.
    pub at: Timestamp,
}

impl Answer for Hold {
    fn reference(&self) -> Option<OutcomeRef> {
        let version = self.state as i64;
        Some(OutcomeRef { kind: OutcomeKind::Hold, subject: self.id.0, version })
    }
}
