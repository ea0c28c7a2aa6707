//! What an account keeps is what its pending holds ask for, and posted holds moved what they say.

use super::finding::{Finding, first, written};
use super::{Check, sql};
use crate::seam::{Conn, Row};
use crate::{Error, rows};
use domain::ledger::{AccountKey, AccountKind, Unit};

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("holds");
    finding.saw_all(conn, &sql::COUNT_HOLDS).await?;
    let says = "keeps something else than its pending holds";
    finding.none(conn, &sql::HELD, &[], says, account).await?;
    let says = "posted amount and state do not fit";
    finding.none(conn, &sql::HOLD_STATES, &[], says, first("hld")).await?;
    let says = "posted amount is not what moved";
    finding.none(conn, &sql::HOLDS_MOVED, &[], says, first("hld")).await?;
    Ok(finding.done())
}

/// The id of the account that a row means by tenant, owner, kind and unit; the owner's where it means none.
fn account(row: &Row) -> String {
    let id = || -> Option<String> {
        let key = AccountKey {
            tenant: rows::tenant(row, 0).ok()?,
            owner: row.array(1).ok()?,
            kind: AccountKind::from_number(row.int(2).ok()?)?,
            unit: Unit::from_number(row.int(3).ok()?)?,
        };
        Some(key.id().to_string())
    };
    id().unwrap_or_else(|| written("of", row.bytes(1).unwrap_or_default()))
}
