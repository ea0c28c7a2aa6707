//! Runs (制券批次): many vouchers that are made together, a slice at a time, to print them.
//!
//! The ids of a run's vouchers follow the one that was drawn when it began, so that the first one and their number name all of
//! them, and nothing about them is stored but their rows.

use super::fact::{RunBegun, RunStopped, RunTaken, VouchersMade};
use super::issue::{Codes, Wanted, give};
use super::make::template;
use super::{Present, VoucherTerms, wrong_state};
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use crate::work::claim::LEASE_US_MAX;
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{Money, SkuId, Tenant, Timestamp, VoucherId, VoucherRunId};
use serde::{Deserialize, Serialize};

/// Vouchers of a run at most.
pub const RUN_MAX: u32 = 1_000_000;
/// Vouchers of one slice.
pub const SLICE: u32 = 1_000;

crate::numbered::numbered! {
    /// Where a run stands. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum RunState {
        /// Vouchers are being made.
        Running = 1,
        /// All of them are there.
        Done = 2,
        /// Somebody stopped it, or its template went; what was made is there.
        Stopped = 3,
    }
}

/// A run's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherRun {
    /// Its id.
    pub id: VoucherRunId,
    /// The tenant of the book.
    #[serde(skip, default = "crate::identity::operator")]
    pub tenant: Tenant,
    /// The template.
    pub sku: SkuId,
    /// The id of the first voucher.
    pub first: VoucherId,
    /// How many are wanted.
    pub quantity: u32,
    /// Whether its vouchers are shown by tokens.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub live: bool,
    /// How many there are.
    pub made: u32,
    /// Where it stands.
    pub state: RunState,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}

impl Answer for VoucherRun {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::VoucherRun, self.id.0))
    }
}

/// The work of a run.
pub fn job(tenant: Tenant, run: VoucherRunId) -> WorkKey {
    WorkKey { kind: WorkKind::MakeVouchers, tenant, subject: run.0 }
}

/// Begins a run.
#[derive(Debug, Clone, Copy)]
pub struct BeginVoucherRun {
    /// Of which SKU.
    pub sku: SkuId,
    /// How many.
    pub quantity: u32,
}

impl Verb for BeginVoucherRun {
    type Answer = VoucherRun;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
    }

    /// Order of checks: quantity, the template.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        if !(1..=RUN_MAX).contains(&self.quantity) {
            return Err(Refusal::invalid("quantity", format!("send 1 to {RUN_MAX}")));
        }
        let (terms, _) = template(world, ctx, self.sku)?;
        let run = VoucherRun {
            id: VoucherRunId((ctx.draw)()),
            tenant,
            sku: self.sku,
            first: VoucherId((ctx.draw)()),
            quantity: self.quantity,
            live: terms.present == Present::Live,
            made: 0,
            state: RunState::Running,
            created_at: ctx.now,
            ended_at: None,
        };
        world.work.insert(job(tenant, run.id), Work::due(ctx.now));
        world.voucher.runs.insert((tenant, run.id), run.clone());
        world.record(ctx, run.id.0, RunBegun { run: run.clone() });
        Ok(run)
    }
}

/// Makes the next slice of a run.
#[derive(Debug, Clone, Copy)]
pub struct AdvanceVoucherRun {
    /// Which run.
    pub run: VoucherRunId,
    /// How long the lease runs from now on, in microseconds.
    pub lease_us: i64,
}

impl Verb for AdvanceVoucherRun {
    type Answer = VoucherRun;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
        needs.voucher.runs.insert((at.tenant, self.run));
        needs.work.keys.insert(job(at.tenant, self.run));
    }

    /// Always succeeds where the run exists: one that ended stays as it is, and one whose template can make none like them any more
    /// is stopped.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let run = world.voucher.runs.get(&(tenant, self.run));
        let mut run = run.ok_or(Refusal::NotFound("voucher run"))?.clone();
        if run.state != RunState::Running {
            world.work.remove(&job(tenant, run.id));
            return Ok(run);
        }
        // Vouchers of one run are shown in one way: all of their codes are told, or none is.
        let usable = template(world, ctx, run.sku).ok();
        let shown = |terms: &VoucherTerms| (terms.present == Present::Live) == run.live;
        let Some((terms, currency)) = usable.filter(|(terms, _)| shown(terms)) else {
            return Ok(stop(world, ctx, run));
        };
        let quantity = SLICE.min(run.quantity - run.made);
        let first = u128::from_be_bytes(run.first.0).wrapping_add(u128::from(run.made));
        let wanted = Wanted {
            sku: run.sku,
            terms: &terms,
            quantity,
            price: Money::new(0, currency),
            source: None,
            subject: run.id.0,
            codes: Codes::Made(Some(first.to_be_bytes())),
        };
        let mut postings = Vec::new();
        let made = give(world, ctx, wanted, &mut postings);
        run.made += quantity;
        if run.made == run.quantity {
            (run.state, run.ended_at) = (RunState::Done, Some(ctx.now));
            world.work.remove(&job(tenant, run.id));
        } else if let Some(work) = world.work.change(&job(tenant, run.id)) {
            work.lease_until = ctx.now.plus_micros(self.lease_us.min(LEASE_US_MAX));
            work.attempts = 0;
        }
        world.voucher.runs.insert((tenant, run.id), run.clone());
        if let Some(first) = made.into_iter().next() {
            let fact = VouchersMade { first, quantity, run: Some(run.id), postings };
            world.record(ctx, run.sku.0, fact);
        }
        Ok(run)
    }
}

/// Makes no more vouchers of a run.
#[derive(Debug, Clone, Copy)]
pub struct StopVoucherRun {
    /// Which run.
    pub run: VoucherRunId,
}

impl Verb for StopVoucherRun {
    type Answer = VoucherRun;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.voucher.runs.insert((at.tenant, self.run));
        needs.work.keys.insert(job(at.tenant, self.run));
    }

    /// Order of checks: the run exists. One that has ended stays as it is.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let run = world.voucher.runs.get(&(tenant, self.run));
        let run = run.ok_or(Refusal::NotFound("voucher run"))?.clone();
        Ok(if run.state == RunState::Running { stop(world, ctx, run) } else { run })
    }
}

/// Records that somebody takes the codes of a run, before they are shown.
#[derive(Debug, Clone, Copy)]
pub struct TakeVoucherRun {
    /// Which run.
    pub run: VoucherRunId,
    /// How many of its codes.
    pub codes: u32,
}

impl Verb for TakeVoucherRun {
    type Answer = VoucherRun;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
        needs.voucher.runs.insert((at.tenant, self.run));
    }

    /// Order of checks: the run exists, has ended, its vouchers are shown by codes.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let run = world.voucher.runs.get(&(tenant, self.run));
        let run = run.ok_or(Refusal::NotFound("voucher run"))?.clone();
        if run.state == RunState::Running {
            return Err(wrong_state("voucher_state", "its vouchers are still being made"));
        }
        if run.live {
            let detail = "its vouchers are shown by tokens, never by codes";
            return Err(wrong_state("voucher_state", detail));
        }
        world.record(ctx, run.id.0, RunTaken { run: run.id, codes: self.codes });
        Ok(run)
    }
}

fn stop(world: &mut World, ctx: &Context<'_>, run: VoucherRun) -> VoucherRun {
    let run = VoucherRun { state: RunState::Stopped, ended_at: Some(ctx.now), ..run };
    world.work.remove(&job(run.tenant, run.id));
    world.voucher.runs.insert((run.tenant, run.id), run.clone());
    world.record(ctx, run.id.0, RunStopped { run: run.clone() });
    run
}
