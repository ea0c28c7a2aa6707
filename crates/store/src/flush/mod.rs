//! Writing what a batch changed: one set-based statement per table, the journal last.
//!
//! The journal's head is one row; taking it last keeps the time short in which nodes wait for each other,
//! and makes sequence numbers gapless in commit order.

mod catalog;
mod inventory;
pub(crate) mod journal;
mod keys;
mod ledger;
mod orders;
mod payment;
mod seals;
mod work;

use crate::Error;
use crate::seam::{Calls, Conn, Value};
use domain::World;
use serde::Serialize;
use std::borrow::Cow;

/// Writes every change of a world; says whether there was any. The statements do not wait for each other.
pub(crate) async fn flush(conn: &mut Conn, world: &World) -> Result<bool, Error> {
    let mut calls = Calls::default();
    catalog::write(world, &mut calls)?;
    keys::write(world, &mut calls);
    inventory::write(world, &mut calls)?;
    seals::write(world, &mut calls);
    orders::write(world, &mut calls);
    payment::write(world, &mut calls)?;
    ledger::write(world, &mut calls);
    work::write(world, &mut calls);
    journal::append(&world.journal, &mut calls)?;
    conn.run(&calls).await?;
    Ok(!calls.is_empty())
}

/// A value that is kept as JSON.
fn json(value: &impl Serialize) -> Result<Value<'static>, Error> {
    let text = serde_json::to_string(value).map_err(|_| Error::Corrupt("a value for a column"))?;
    Ok(Value::Text(Cow::Owned(text)))
}
