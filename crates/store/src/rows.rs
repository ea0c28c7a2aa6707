//! What all rows are read and written with; the rows of each context stand in its `rows.rs`.
//!
//! Each function there documents the columns it expects, in order; the statements in `sql/` select them so.

use crate::Error;
use crate::seam::Value;
use serde::Serialize;
use std::borrow::Cow;

/// A stored number that must be one of an enum's.
pub(crate) fn one_of<T>(number: i64, of: impl Fn(i64) -> Option<T>) -> Result<T, Error> {
    of(number).ok_or(Error::Corrupt("a number that stands for nothing"))
}

/// A value that is kept as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<Value<'static>, Error> {
    let text = serde_json::to_string(value).map_err(|_| Error::Corrupt("a value for a column"))?;
    Ok(Value::Text(Cow::Owned(text)))
}
