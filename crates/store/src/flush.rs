//! Writing what a batch changed: one set-based statement per table, the journal last.
//!
//! The journal's head is one row; taking it last keeps the time short in which nodes wait for each other,
//! and makes sequence numbers gapless in commit order.

use crate::anchor::prover::Prover;
use crate::seam::{Calls, Conn};
use crate::{
    Error, anchor, approval, catalog, config, content, export, idempotency, identity, insight,
    inventory, journal, ledger, order, payment, people,
};
use crate::{refund, requests, resource, seal, till, voucher, work};
use domain::World;
use domain::anchor::MacKey;

/// Writes every change of a world; says whether there was any. The statements do not wait for each other. They stand in
/// the order in which rows are locked. `key` proves what the journal says.
pub(crate) async fn flush(
    conn: &mut Conn,
    world: &World,
    prover: &mut Prover,
    key: MacKey<'_>,
) -> Result<bool, Error> {
    let mut calls = Calls::default();
    identity::flush::tenants(&world.identity, &mut calls);
    identity::flush::api_keys(&world.identity, &mut calls);
    catalog::flush::products(&world.catalog, &mut calls)?;
    content::flush::write(&world.content, &mut calls);
    resource::flush::write(&world.resource, &mut calls)?;
    config::flush::versions(world, &mut calls);
    idempotency::flush::records(&world.idempotency, &mut calls);
    people::flush::write(&world.people, &mut calls)?;
    approval::flush::write(&world.approval, &mut calls)?;
    export::flush::write(&world.export, &mut calls)?;
    identity::flush::buyers(&world.identity, &mut calls);
    inventory::flush::code_tags(&world.inventory, &mut calls);
    inventory::flush::new_codes(&world.inventory, &mut calls);
    inventory::flush::code_updates(&world.inventory, &mut calls);
    inventory::flush::moved_codes(&world.inventory, &mut calls);
    inventory::flush::pools(&world.inventory, &mut calls);
    inventory::flush::imports(&world.inventory, &mut calls)?;
    inventory::flush::findings(&world.inventory, &mut calls);
    inventory::flush::uploads(&world.inventory, &mut calls);
    seal::flush::write(&world.seal, &mut calls);
    order::flush::placed(&world.order, &mut calls);
    order::flush::changed(&world.order, &mut calls);
    order::flush::first_reveals(&world.order, &mut calls);
    voucher::flush::write(&world.voucher, &mut calls);
    till::flush::write(&world.till, &mut calls);
    payment::flush::payments(&world.payment, &mut calls);
    payment::flush::channels(&world.payment, &mut calls);
    payment::flush::exchanges(&world.payment, &mut calls);
    payment::flush::receipts(&world.payment, &mut calls);
    refund::flush::refunds(&world.refund, &mut calls)?;
    payment::flush::notices(&world.payment, &mut calls);
    ledger::flush::transfers(&world.ledger, &mut calls);
    ledger::flush::holds(&world.ledger, &mut calls);
    order::flush::counters(&world.order, &mut calls);
    ledger::flush::accounts(&world.ledger, &mut calls);
    work::flush::write(&world.work, &mut calls);
    insight::flush::write(&world.insight, &mut calls);
    requests::flush::write(&world.requests, &mut calls)?;
    anchor::flush::write(&world.anchor, &mut calls);
    journal::flush::append(&world.journal, prover, key, &mut calls)?;
    conn.run(&calls).await?;
    Ok(!calls.is_empty())
}
