//! What all rows are read with; the rows of each context stand in its `rows.rs`.
//!
//! Each function there documents the columns it expects, in order; the statements in `sql/` select them so.

use crate::Error;

/// A stored number that must be one of an enum's.
pub(crate) fn one_of<T>(number: i64, of: impl Fn(i64) -> Option<T>) -> Result<T, Error> {
    of(number).ok_or(Error::Corrupt("a number that stands for nothing"))
}
