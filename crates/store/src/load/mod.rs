//! Loading what a batch needs: rounds of look-ups until nothing new is asked for, then the rest.
//!
//! Tables are read in one fixed order and keys in theirs, so that nodes that lock the same rows wait for
//! each other instead of deadlocking. The order: configuration, idempotency, buyers, payments, receipts, refunds,
//! orders, holds, imports, API keys; then accounts, counters, pools, codes, work.

mod config;
mod inventory;
mod keys;
mod ledger;
mod marks;
mod payment;

pub use config::{GENERATION, SEALS};

use crate::Error;
use crate::seam::Conn;
use crate::writer::Access;
use domain::catalog::{Catalog, TenantCatalog};
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
    access: Access,
}

impl<'a> Loader<'a> {
    /// A loader over the writer's connection and snapshots.
    pub(crate) fn new(
        conn: &'a mut Conn,
        catalogs: &'a mut HashMap<Tenant, Arc<TenantCatalog>>,
        access: Access,
    ) -> Self {
        Self { conn, catalogs, access }
    }

    /// Every row the commands need.
    pub(crate) async fn load(
        mut self,
        commands: &[Envelope],
        now: Timestamp,
    ) -> Result<World, Error> {
        let mut world = World::new(Catalog::default());
        let mut needs = Needs::default();
        for _ in 0..ROUNDS_MAX {
            let mut wanted = Needs::default();
            for command in commands {
                command.needs(&world, now, &mut wanted);
            }
            if wanted == needs {
                self.load_last(&needs, &mut world).await?;
                return Ok(world);
            }
            needs = wanted;
            self.load_leading(&needs, &mut world).await?;
        }
        Err(Error::Corrupt("the keys of a batch never became complete"))
    }

    /// Tables whose rows lead to further keys.
    async fn load_leading(&mut self, needs: &Needs, world: &mut World) -> Result<(), Error> {
        config::load_versions(self, needs, world).await?;
        keys::load_idempotency(self.conn, needs, world).await?;
        keys::load_buyers(self.conn, needs, world).await?;
        payment::load_payments(self.conn, needs, world).await?;
        payment::load_receipts(self.conn, needs, world).await?;
        payment::load_refunds(self.conn, needs, world).await?;
        keys::load_orders(self.conn, needs, world).await?;
        ledger::load_holds(self.conn, needs, world).await?;
        inventory::load_imports(self.conn, needs, world).await?;
        config::load_api_keys(self.conn, needs, world).await
    }

    /// Tables whose rows lead nowhere. The stock account comes before its pool: it is the pool's lock.
    async fn load_last(&mut self, needs: &Needs, world: &mut World) -> Result<(), Error> {
        config::load_product_versions(self.conn, needs, world).await?;
        ledger::load_accounts(self.conn, needs, world).await?;
        ledger::load_counters(self.conn, needs, world).await?;
        inventory::load_pools(self.conn, needs, world).await?;
        inventory::load_code_tags(self.conn, needs, world).await?;
        marks::load_marked(self.conn, needs, world).await?;
        inventory::load_heads(self.conn, needs, world).await?;
        marks::load_windows(self.conn, needs, world).await?;
        inventory::load_stale(self.conn, needs, world).await?;
        inventory::load_owned_codes(self.conn, needs, world).await?;
        inventory::load_work(self.conn, needs, world).await
    }
}
