//! Comparing a table with what the journal tells of it, both in the order of tenant and id.

use crate::Error;
use crate::seam::{Conn, Row, Statement};
use crate::verify::finding::{Finding, written};
use crate::verify::pages::Pages;
use domain::catalog::place::Rank;
use domain::fold::ImportTotals;
use kernel::{AccountId, HoldId, ImportId, OrderId, ProductId, Tenant};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Walks a table; each row must be as told, and every row that was told of must be there. A row of which
/// nothing was told must be as empty as a row that nothing has happened to.
pub(super) async fn compare<K: Ord + Copy + Display, V: PartialEq + Default>(
    conn: &mut Conn,
    table: &'static Statement,
    told: BTreeMap<(Tenant, K), V>,
    of: fn(&Row) -> Result<(K, V), Error>,
    finding: &mut Finding,
) -> Result<(), Error> {
    compare_by(conn, table, told, of, V::eq, finding).await
}

/// The same where a row may be other than what is told, as `agree` says of the two.
pub(super) async fn compare_by<K: Ord + Copy + Display, V: Default>(
    conn: &mut Conn,
    table: &'static Statement,
    mut told: BTreeMap<(Tenant, K), V>,
    of: fn(&Row) -> Result<(K, V), Error>,
    agree: fn(&V, &V) -> bool,
    finding: &mut Finding,
) -> Result<(), Error> {
    let mut pages = Pages::of(table);
    while let Some(found) = pages.next(conn).await? {
        for row in &found {
            match row.tenant(0).and_then(|tenant| Ok((tenant, of(row)?))) {
                Ok((tenant, (id, stored))) => {
                    if !agree(&told.remove(&(tenant, id)).unwrap_or_default(), &stored) {
                        finding.wrong("is not what the journal tells", || id.to_string());
                    }
                }
                Err(_) => finding
                    .wrong("cannot be read", || written("of", row.bytes(1).unwrap_or_default())),
            }
        }
    }
    for (_, id) in told.keys() {
        finding.wrong("is told of and not there", || id.to_string());
    }
    Ok(())
}

/// `tenant, id, owner, kind, unit, balance, held, last_transfer`
pub(super) fn account(row: &Row) -> Result<(AccountId, (i64, i64)), Error> {
    let (id, account) = (AccountId(row.array(1)?), crate::ledger::rows::account(row)?);
    if account.key.id() != id {
        return Err(Error::Corrupt("an account's id does not follow from its key"));
    }
    Ok((id, (account.balance, account.held)))
}

/// `tenant, id, amount, posted, state`
pub(super) fn hold(row: &Row) -> Result<(HoldId, (i64, i64, i64)), Error> {
    Ok((HoldId(row.array(1)?), (row.int(2)?, row.int(3)?, row.int(4)?)))
}

/// `tenant, id, accepted, duplicates, doubts, errors, mark`
pub(super) fn import(row: &Row) -> Result<(ImportId, ImportTotals), Error> {
    let totals = ImportTotals {
        accepted: row.int(2)?,
        duplicates: row.int(3)?,
        doubts: row.int(4)?,
        errors: row.int(5)?,
        mark: row.int(6)?,
    };
    Ok((ImportId(row.array(1)?), totals))
}

/// `tenant, id, version, rank`
pub(super) fn product(row: &Row) -> Result<(ProductId, (i64, Rank)), Error> {
    Ok((ProductId(row.array(1)?), (row.int(2)?, Rank::from_be_bytes(row.array(3)?))))
}

/// `tenant, order, at`
pub(super) fn look(row: &Row) -> Result<(OrderId, i64), Error> {
    Ok((OrderId(row.array(1)?), row.int(2)?))
}

/// The journal's time of a look may be later than the clock's, when the clock was set back.
pub(super) fn not_before(told: &i64, stored: &i64) -> bool {
    stored <= told
}
