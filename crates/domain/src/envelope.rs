//! A command on its way: who asks, and what becomes of a repeat.

use crate::approval::decide::Approving;
use crate::approval::policy;
use crate::command::{At, Command, Outcome};
use crate::context::{Actor, Origin};
use crate::idempotency::{IdempotencyKey, Idempotent};
use crate::{Context, Needs, Refusal, World};
use kernel::Timestamp;

/// A command with who asks and how a repeat is known.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Who asks.
    pub origin: Origin,
    /// How a repeat is known, if the caller said.
    pub idempotency: Option<IdempotencyKey>,
    /// What is wished.
    pub command: Command,
    /// Who says yes to it, of an act that waited for a second person.
    pub approving: Option<Box<Approving>>,
}

impl Envelope {
    /// A command that is executed again where it is repeated.
    pub fn of(origin: Origin, command: impl Into<Command>) -> Self {
        Self { origin, idempotency: None, command: command.into(), approving: None }
    }

    /// Adds the rows this command needs, as far as the loaded rows tell.
    pub fn needs(&self, world: &World, now: Timestamp, needs: &mut Needs) {
        if let Some(key) = &self.idempotency {
            needs.idempotency.generation = true;
            needs.idempotency.records.insert((self.origin.tenant, key.key));
        }
        let at = At { tenant: self.origin.tenant, now, world };
        if let Some(Actor::Person(_)) = self.origin.actor {
            policy::needs(at.tenant, needs);
        }
        if let Some(approving) = &self.approving {
            approving.needs(&at, needs);
        }
        self.command.needs(&at, needs);
    }

    /// Runs the rule, once per idempotency key.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        if let Some(approving) = self.approving {
            return approving.decide(self.command, world, ctx);
        }
        let Some(key) = self.idempotency else {
            return self.command.decide(world, ctx);
        };
        let place = (self.origin.tenant, key.key);
        if let Some(before) = world.idempotency.records.get(&place) {
            return if key.is_of(before) {
                Ok(Outcome::Replayed(before.outcome))
            } else {
                Err(Refusal::IdempotencyKeyReused)
            };
        }
        let outcome = self.command.decide(world, ctx)?;
        if let Some(reference) = outcome.reference() {
            let record = Idempotent { fingerprint: key.fingerprint, outcome: reference };
            world.idempotency.records.insert(place, record);
        }
        Ok(outcome)
    }
}
