//! Checks of accounts, holds and transfers.

use crate::Error;
use crate::seam::{Conn, Row};
use crate::verify::Check;
use crate::verify::finding::{Finding, first, written};
use domain::ledger::{AccountKey, AccountKind, Unit};

/// An account's balance is what its transfers moved, in its unit; every transfer's accounts exist.
pub(crate) async fn postings_balance(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("postings_balance");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_ACCOUNTS).await?;
    let says = "balance is not what transfers moved, or there is no such account";
    finding.none(conn, &super::sql::VERIFY_BALANCES, &[], says, first("acc")).await?;
    Ok(finding.done())
}

/// All balances of a unit sum to zero: money over a tenant's book, pieces over a SKU's accounts.
pub(crate) async fn units_sum_to_zero(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("units_sum_to_zero");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_UNITS).await?;
    let says = "balances do not sum to zero for this SKU or merchant";
    finding.none(conn, &super::sql::VERIFY_UNITS, &[], says, first("of")).await?;
    Ok(finding.done())
}

/// Wallets and stock never owe, and never keep more than they have; no other account keeps anything.
pub(crate) async fn bounds(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("bounds");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_BOUNDED_ACCOUNTS).await?;
    finding.none(conn, &super::sql::VERIFY_BOUNDS, &[], "breaks its bound", first("acc")).await?;
    Ok(finding.done())
}

/// What an account keeps is what its pending holds ask for, and posted holds moved what they say.
pub(crate) async fn holds(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("holds");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_HOLDS).await?;
    let says = "keeps something else than its pending holds";
    finding.none(conn, &super::sql::VERIFY_HELD, &[], says, account).await?;
    let says = "posted amount and state do not fit";
    finding.none(conn, &super::sql::VERIFY_HOLD_STATES, &[], says, first("hld")).await?;
    let says = "posted amount is not what moved";
    finding.none(conn, &super::sql::VERIFY_HOLDS_MOVED, &[], says, first("hld")).await?;
    Ok(finding.done())
}

/// The id of the account that a row means by tenant, owner, kind and unit; the owner's where it means none.
fn account(row: &Row) -> String {
    let id = || -> Option<String> {
        let key = AccountKey {
            tenant: row.tenant(0).ok()?,
            owner: row.array(1).ok()?,
            kind: AccountKind::from_number(row.int(2).ok()?)?,
            unit: Unit::from_number(row.int(3).ok()?)?,
        };
        Some(key.id().to_string())
    };
    id().unwrap_or_else(|| written("of", row.bytes(1).unwrap_or_default()))
}

/// Transfers of a bounded account form one chain: each found what the one before it left, the first found
/// nothing, and the newest is the one that the account knows, with the account's balance.
pub(crate) async fn wallet_chain(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("wallet_chain");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_BOUNDED_ACCOUNTS).await?;
    let says = "the next in the chain found something else, or there is none";
    finding.none(conn, &super::sql::VERIFY_CHAIN, &[], says, first("trf")).await?;
    let says = "the first in a chain found something";
    finding.none(conn, &super::sql::VERIFY_CHAIN_STARTS, &[], says, first("trf")).await?;
    let says = "has a balance and no transfer";
    finding.none(conn, &super::sql::VERIFY_CHAIN_MISSING, &[], says, first("acc")).await?;
    Ok(finding.done())
}
