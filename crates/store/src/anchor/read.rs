//! Reads the chain: which books are behind, the proofs of their newest facts, anchors and leaves.

use super::{rows, sql};
use crate::Error;
use crate::read::Reader;
use crate::seam::{Row, Value};
use domain::anchor::Anchor;
use domain::anchor::proof::Digest;
use domain::anchor::proof::Sum;
use domain::anchor::world::Anchoring;
use kernel::Tenant;

/// A book whose anchor is not at its newest fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The book.
    pub tenant: Tenant,
    /// The number of its newest fact.
    pub head: i64,
    /// Its anchor; none for a new book.
    pub anchor: Option<Anchor>,
}

/// A slice of the facts that were there before facts were proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SliceOfBefore {
    /// How many facts there are in it.
    pub count: u32,
    /// The latest of their times.
    pub at: i64,
    /// Their digest.
    pub digest: Digest,
}

impl Reader {
    /// Books after a tenant whose anchors are not at their newest facts.
    pub async fn behind(&self, after: Option<Tenant>, limit: u32) -> Result<Vec<Behind>, Error> {
        let after = after.as_ref().map_or(&[][..], |tenant| tenant.bytes());
        let params = [Value::bytes(after), Value::Int(i64::from(limit))];
        self.many(&sql::READ_BEHIND, &params, behind).await
    }

    /// How far all books are.
    pub async fn anchoring(&self) -> Result<Anchoring, Error> {
        let found = self.one(&sql::READ_ANCHORING, &[], rows::anchoring).await?;
        found.ok_or(Error::Corrupt("the row about the chain is missing"))
    }

    /// Every anchor, by tenant.
    pub async fn anchors(&self) -> Result<Vec<(Tenant, Anchor)>, Error> {
        self.many(&sql::READ_ANCHORS, &[], |row| Ok((row.tenant(0)?, rows::anchor(row, 1)?))).await
    }

    /// Up to which fact each book stands in the newest checkpoint that has it, by tenant.
    pub async fn last_leaves(&self) -> Result<Vec<(Tenant, i64)>, Error> {
        self.many(&sql::READ_LAST_LEAVES, &[], |row| Ok((row.tenant(0)?, row.int(1)?))).await
    }

    /// The proofs in a part of a book: after one number, up to another.
    pub async fn proofs(
        &self,
        tenant: Tenant,
        after: i64,
        until: i64,
    ) -> Result<Vec<(i64, Vec<u8>)>, Error> {
        let params = [Value::bytes(tenant.bytes()), Value::Int(after), Value::Int(until)];
        self.many(&sql::READ_PROOFS, &params, |row| Ok((row.int(0)?, row.bytes(1)?.to_vec()))).await
    }

    /// The digest of a slice of before whose earlier facts are not later than `at`.
    pub async fn slice_of_before(
        &self,
        tenant: Tenant,
        (after, until): (i64, i64),
        at: i64,
    ) -> Result<SliceOfBefore, Error> {
        let params = [Value::bytes(tenant.bytes()), Value::Int(after), Value::Int(until)];
        let found = self.conn().await?.fetch(&sql::READ_PART, &params).await?;
        let (mut sum, mut at) = (Sum::new(tenant), at);
        for row in &found {
            let stored = rows::stored(row, 0)?;
            sum.add(&stored.row);
            sum.add_stored(stored.at, stored.before);
            at = at.max(stored.at);
        }
        let count = found.len() as u32;
        Ok(SliceOfBefore { count, at, digest: sum.finish(&[0; 32], at, count) })
    }
}

fn behind(row: &Row) -> Result<Behind, Error> {
    let anchor = row.maybe_int(2)?.map(|_| rows::anchor(row, 2)).transpose()?;
    Ok(Behind { tenant: row.tenant(0)?, head: row.int(1)?, anchor })
}
