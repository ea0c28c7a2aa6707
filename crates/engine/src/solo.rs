//! Batches without queues: the caller says what shares a commit. For filling databases and for measuring. It takes
//! every seal for good, and proves nothing unless it is given keys.

use crate::batch::{Failure, Means, attempt};
use crate::{Clock, EngineError, Health, Ids, Limits};
use domain::anchor::MacKey;
use domain::context::Origin;
use domain::inventory::damaged::Seal;
use domain::{Command, Envelope, Listed, Outcome, Refusal};
use kernel::{RequestId, Tenant};
use parking_lot::Mutex;
use std::sync::Arc;
use store::{Store, Writer};
use vault::Vault;

/// One writer, run by hand.
#[derive(Debug)]
pub struct Solo {
    writer: Writer,
    clock: Clock,
    ids: Mutex<Ids>,
    health: Health,
    vault: Option<Arc<Vault>>,
}

impl Solo {
    /// Opens a writer.
    pub async fn open(store: &Store, clock: Clock, seed: Option<u64>) -> Result<Self, EngineError> {
        let writer = store.writer().await?;
        let (ids, health) = (Mutex::new(Ids::new(seed)), Health::default());
        Ok(Self { writer, clock, ids, health, vault: None })
    }

    /// The same with the keys that prove what the journal says.
    #[must_use]
    pub fn proving(self, vault: Arc<Vault>) -> Self {
        Self { vault: Some(vault), ..self }
    }

    /// The writer, for settings of its connection.
    pub fn writer(&mut self) -> &mut Writer {
        &mut self.writer
    }

    /// Runs the commands in one transaction; gives each one's outcome.
    pub async fn run(
        &mut self,
        commands: &[Envelope],
    ) -> Result<Vec<Result<Outcome, Refusal>>, EngineError> {
        let vault = self.vault.clone();
        let mac =
            |message: &[u8]| vault.as_ref().map_or([0; 32], |vault| vault.journal_mac(message));
        let means = Means {
            now: self.clock.now(),
            ids: &self.ids,
            health: &self.health,
            silence_max: Limits::default().silence_max,
            look: &|_| Seal::Good,
            keys_are_read: true,
            voucher_tag: &|tenant, id| {
                let tag = |vault: &Arc<Vault>| {
                    vault.voucher_tag(tenant, &vault.voucher_code(tenant, &id.0))
                };
                vault.as_ref().map_or(id.0, tag)
            },
            key: MacKey { id: vault.as_ref().map_or(0, |vault| vault.journal_key()), mac: &mac },
        };
        match attempt(&mut self.writer, commands, &means).await {
            Ok(done) => Ok(done.outcomes),
            Err(Failure::Store(error)) => {
                let _ = self.writer.rollback().await;
                Err(error.into())
            }
            Err(Failure::Panic(i)) => {
                let _ = self.writer.rollback().await;
                Err(EngineError::Internal(format!("the rule of command {i} panicked")))
            }
            Err(Failure::KeyMissing) => {
                let _ = self.writer.rollback().await;
                Err(EngineError::Internal("a key is missing".to_owned()))
            }
        }
    }

    /// Runs one verb.
    pub async fn one<V: Listed>(
        &mut self,
        tenant: Tenant,
        verb: V,
    ) -> Result<V::Answer, EngineError> {
        let envelope = self.envelope(tenant, verb);
        match self.run(&[envelope]).await?.pop() {
            Some(outcome) => crate::fresh::<V>(outcome.map_err(EngineError::Refused)?),
            None => Err(EngineError::Internal("a command without an outcome".to_owned())),
        }
    }

    /// A command in a tenant's book.
    pub fn envelope(&self, tenant: Tenant, command: impl Into<Command>) -> Envelope {
        let request = RequestId(self.ids.lock().draw(self.clock.now()));
        Envelope::of(Origin { tenant, request, actor: None, address: None }, command)
    }
}
