//! Wallets, holds, accounts and transfers as callers see them.

use super::unit::{self, Entry};
use crate::identity::buyer::BuyerHandle;
use domain::ledger::{self, Unit};
use edge::problem::Problem;
use edge::wire::{
    AccountId, AccountKind, HoldId, HoldState, Money, Reason, Time, TransferId, Wire,
};
use kernel::{BuyerId, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// A credit of a wallet.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalletCredit {
    /// The transfer that did it.
    pub id: TransferId,
    /// Whose wallet.
    pub buyer: BuyerHandle,
    /// What was added.
    pub amount: Money,
    /// What the wallet held right after it.
    pub balance: Money,
}

/// A buyer's wallet in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct Wallet {
    /// Whose wallet.
    pub buyer: BuyerHandle,
    /// What it holds.
    pub balance: Money,
    /// The part of it that holds keep.
    pub held: Money,
}

/// An entry of a wallet.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalletEntry {
    /// The transfer.
    pub id: TransferId,
    /// The time.
    pub at: Time,
    /// The reason.
    pub reason: Reason,
    /// The id of what made it: an order, a hold, or the buyer himself.
    pub subject: String,
    /// What came in; negative for what went out.
    pub amount: Money,
    /// What the wallet held right after it.
    pub balance: Money,
}

/// A part of a wallet that is kept for the merchant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Whose wallet.
    pub buyer: BuyerHandle,
    /// What is, or was, kept.
    pub amount: Money,
    /// What was moved when it was posted.
    pub posted: Money,
    /// Where it stands.
    pub state: HoldState,
    /// When it was made.
    pub created_at: Time,
}

/// A ledger account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What it is for.
    pub kind: AccountKind,
    /// The id of the buyer, the SKU or the merchant that it belongs to.
    pub owner: String,
    /// `CNY` or another currency, or the id of the SKU whose pieces it counts.
    pub unit: String,
    /// What came in less what went out: `"18.5025"` of the major unit, or `"50"` pieces.
    pub balance: String,
    /// The part of it that holds keep.
    pub held: String,
}

/// A transfer between two accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// The time.
    pub at: Time,
    /// The reason.
    pub reason: Reason,
    /// The id of what made it: an order, an import, a hold, a buyer or a SKU.
    pub subject: String,
    /// The account that gave.
    pub debit: AccountId,
    /// The account that received.
    pub credit: AccountId,
    /// `CNY` or another currency, or the id of the SKU whose pieces moved.
    pub unit: String,
    /// What moved: `"18.5025"` of the major unit, or `"1"` piece.
    pub amount: String,
}

/// A transfer as one of its accounts sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountEntry {
    /// The transfer.
    pub id: TransferId,
    /// The time.
    pub at: Time,
    /// The reason.
    pub reason: Reason,
    /// The id of what made it.
    pub subject: String,
    /// The account on the other side.
    pub other: AccountId,
    /// `CNY` or another currency, or the id of the SKU whose pieces moved.
    pub unit: String,
    /// What came in; negative for what went out.
    pub amount: String,
    /// What the account held right after it.
    pub balance: Option<String>,
}

/// The currency of a money account.
fn currency(unit: Unit) -> Result<Currency, Problem> {
    match unit {
        Unit::Money(currency) => Ok(currency),
        Unit::Pieces => Err(Problem::internal("a wallet that counts pieces")),
    }
}

impl WalletCredit {
    /// A credit from its transfer, which has the buyer for its subject.
    pub fn of(transfer: &ledger::Transfer) -> Result<Self, Problem> {
        let currency = currency(transfer.unit)?;
        let balance = transfer.credit_balance;
        let balance = balance.ok_or_else(|| Problem::internal("a credit without a balance"))?;
        Ok(Self {
            id: Wire(transfer.id),
            buyer: BuyerHandle { id: Wire(BuyerId(transfer.subject)) },
            amount: Money::from_ledger(transfer.amount, currency)?,
            balance: Money::from_ledger(balance, currency)?,
        })
    }
}

impl Wallet {
    /// A buyer's wallet; one that nothing happened to yet is empty.
    pub fn of(
        buyer: BuyerId,
        currency: Currency,
        account: Option<ledger::Account>,
    ) -> Result<Self, Problem> {
        let (balance, held) = account.map_or((0, 0), |account| (account.balance, account.held));
        Ok(Self {
            buyer: BuyerHandle { id: Wire(buyer) },
            balance: Money::from_ledger(balance, currency)?,
            held: Money::from_ledger(held, currency)?,
        })
    }
}

impl WalletEntry {
    /// What a transfer did to a wallet.
    pub fn of(transfer: &ledger::Transfer, wallet: kernel::AccountId) -> Result<Self, Problem> {
        let (entry, currency) = (Entry::of(transfer, wallet), currency(transfer.unit)?);
        let balance = entry.balance;
        let balance = balance.ok_or_else(|| Problem::internal("a wallet without a balance"))?;
        Ok(Self {
            id: Wire(transfer.id),
            at: Wire(transfer.at),
            reason: Wire(transfer.reason),
            subject: unit::subject(transfer),
            amount: Money::from_ledger(entry.amount, currency)?,
            balance: Money::from_ledger(balance, currency)?,
        })
    }
}

impl Hold {
    /// A hold from its row.
    pub fn of(hold: &ledger::Hold) -> Result<Self, Problem> {
        let currency = currency(hold.debit.unit)?;
        Ok(Self {
            id: Wire(hold.id),
            buyer: BuyerHandle { id: Wire(BuyerId(hold.debit.owner)) },
            amount: Money::from_ledger(hold.amount, currency)?,
            posted: Money::from_ledger(hold.posted, currency)?,
            state: Wire(hold.state),
            created_at: Wire(hold.at),
        })
    }
}

impl Account {
    /// An account from its row.
    pub fn of(account: &ledger::Account) -> Self {
        Self {
            id: Wire(account.key.id()),
            kind: Wire(account.key.kind),
            owner: unit::owner(&account.key),
            unit: unit::of_account(&account.key),
            balance: unit::amount(account.key.unit, account.balance),
            held: unit::amount(account.key.unit, account.held),
        }
    }
}

impl Transfer {
    /// A transfer from its row.
    pub fn of(transfer: &ledger::Transfer) -> Self {
        Self {
            id: Wire(transfer.id),
            at: Wire(transfer.at),
            reason: Wire(transfer.reason),
            subject: unit::subject(transfer),
            debit: Wire(transfer.debit),
            credit: Wire(transfer.credit),
            unit: unit::of_transfer(transfer),
            amount: unit::amount(transfer.unit, transfer.amount),
        }
    }
}

impl AccountEntry {
    /// What a transfer did to an account.
    pub fn of(transfer: &ledger::Transfer, account: kernel::AccountId) -> Self {
        let entry = Entry::of(transfer, account);
        let gave = transfer.debit == account;
        Self {
            id: Wire(transfer.id),
            at: Wire(transfer.at),
            reason: Wire(transfer.reason),
            subject: unit::subject(transfer),
            other: Wire(if gave { transfer.credit } else { transfer.debit }),
            unit: unit::of_transfer(transfer),
            amount: unit::amount(transfer.unit, entry.amount),
            balance: entry.balance.map(|balance| unit::amount(transfer.unit, balance)),
        }
    }
}
