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
use crate::seam::Conn;
use domain::World;

/// Writes every change of a world.
pub(crate) async fn flush(conn: &mut Conn, world: &World) -> Result<(), Error> {
    catalog::write(conn, world).await?;
    keys::write(conn, world).await?;
    inventory::write(conn, world).await?;
    seals::write(conn, world).await?;
    orders::write(conn, world).await?;
    payment::write(conn, world).await?;
    ledger::write(conn, world).await?;
    work::write(conn, world).await?;
    journal::append(conn, &world.records).await
}
