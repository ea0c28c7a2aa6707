//! Loading what a batch needs: rounds of look-ups until nothing new is asked for, then the rest.
//!
//! Tables are read in one fixed order and keys in theirs, so that nodes that lock the same rows wait for
//! each other instead of deadlocking. The order: configuration, idempotency, resources, people, approvals, exports, buyers, payments, receipts,
//! refunds, orders, vouchers, devices, holds, imports, API keys, tags of codes; then accounts, counters, pools, work, how far journals were followed,
//! anchors.

pub(crate) mod asks;

use crate::config::lock::ConfigLock;
use crate::seam::Conn;
use crate::{
    Error, anchor, approval, catalog, config, export, idempotency, identity, insight, inventory,
    ledger, order, payment, people, refund, resource, till, voucher, work,
};
use asks::Asks;
use domain::catalog::TenantCatalog;
use domain::inventory::damaged::Look;
use domain::{Envelope, Needs, World};
use kernel::{Tenant, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;

/// Rounds after which the key set must be complete: command → payment → order → hold → account.
const ROUNDS_MAX: usize = 6;

/// Loads one batch.
pub(crate) struct Loader<'a> {
    conn: &'a mut Conn,
    catalogs: &'a mut HashMap<Tenant, Arc<TenantCatalog>>,
    access: ConfigLock,
    look: &'a Look<'a>,
}

impl<'a> Loader<'a> {
    /// A loader over the writer's connection and snapshots.
    pub(crate) fn new(
        conn: &'a mut Conn,
        catalogs: &'a mut HashMap<Tenant, Arc<TenantCatalog>>,
        access: ConfigLock,
        look: &'a Look<'a>,
    ) -> Self {
        Self { conn, catalogs, access, look }
    }

    /// Every row the commands need.
    pub(crate) async fn load(
        mut self,
        commands: &[Envelope],
        now: Timestamp,
    ) -> Result<World, Error> {
        let mut world = World::default();
        let mut needs = Needs::default();
        for _ in 0..ROUNDS_MAX {
            let mut wanted = Needs::default();
            for command in commands {
                command.needs(&world, now, &mut wanted);
            }
            if wanted == needs {
                self.load_last(&needs, &mut world, commands.len()).await?;
                return Ok(world);
            }
            needs = wanted;
            self.load_leading(&needs, &mut world).await?;
        }
        Err(Error::Corrupt("the keys of a batch never became complete"))
    }

    /// Tables whose rows lead to further keys.
    async fn load_leading(&mut self, needs: &Needs, world: &mut World) -> Result<(), Error> {
        let mut versions = Vec::new();
        let mut asks = Asks::default();
        config::load::versions(self.access, needs, world, &mut asks, &mut versions);
        idempotency::load::idempotency(needs, world, &mut asks);
        resource::load::resources(needs, world, &mut asks);
        people::load::people(needs, world, &mut asks);
        approval::load::approvals(needs, world, &mut asks);
        export::load::exports(needs, world, &mut asks);
        identity::load::buyers(needs, world, &mut asks);
        payment::load::payments(needs, world, &mut asks);
        payment::load::channels(needs, world, &mut asks);
        payment::load::receipts(needs, world, &mut asks);
        refund::load::refunds(needs, world, &mut asks);
        order::load::orders(needs, world, &mut asks);
        voucher::load::vouchers(needs, world, &mut asks);
        till::load::devices(needs, world, &mut asks);
        ledger::load::holds(needs, world, &mut asks);
        inventory::load::imports(needs, world, &mut asks);
        identity::load::api_keys(needs, world, &mut asks);
        inventory::load::code_tags(needs, world, &mut asks);
        inventory::load::codes_before(needs, world, &mut asks);
        asks.run(self.conn, world).await?;
        config::load::use_versions(self.conn, self.catalogs, versions, world).await
    }

    /// Tables whose rows lead nowhere. The stock account comes before its pool: it is the pool's lock. Codes are
    /// walked from where their pools say.
    async fn load_last(
        &mut self,
        needs: &Needs,
        world: &mut World,
        commands: usize,
    ) -> Result<(), Error> {
        inventory::bytes::check_known(needs, commands)?;
        let mut asks = Asks::default();
        catalog::load::product_versions(needs, &mut asks);
        ledger::load::accounts(needs, &mut asks);
        order::load::counters(needs, &mut asks);
        inventory::load::pools(needs, &mut asks);
        inventory::load::codes_by_id(needs, &mut asks);
        inventory::marks::windows(needs, &mut asks);
        inventory::load::owned_codes(needs, self.look, &mut asks);
        work::load::work(needs, &mut asks);
        insight::load::followed(needs, &mut asks);
        anchor::load::anchors(needs, &mut asks);
        asks.run(self.conn, world).await?;
        inventory::bytes::check(needs, world, commands)?;
        inventory::marks::load_marked(self.conn, needs, world).await?;
        inventory::walk::load_heads(self.conn, needs, world, self.look).await?;
        inventory::load::load_stale(self.conn, needs, world).await
    }
}
