//! Settle doubts: rows that a person accepted go on sale, those that he dropped are voided, a slice at a time.

use super::identity::{Identity, Met};
use super::mark::{BatchStatus, mark_of};
use super::settings::Verdict;
use super::{Code, CodeState, Import, Position, pool};
use crate::inventory::fact::DoubtsSettled;
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::work::{WorkKey, WorkKind};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{FOREVER, ImportId, SkuId, Tenant, Timestamp};

/// Does the next slice of what was decided.
#[derive(Debug, Clone)]
pub struct SettleDoubts {
    /// Whose rows.
    pub import: ImportId,
    /// The pool in which they lie.
    pub sku: SkuId,
    /// Rows that were decided.
    pub rows: Vec<Decided>,
    /// Whether these are the last.
    pub last: bool,
    /// The job's lease runs until this time.
    pub lease_until: Timestamp,
}

/// A doubtful code that somebody decided about.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Where it lies in its pool.
    pub at: Position,
    /// What was decided.
    pub verdict: Verdict,
    /// What it is known by.
    pub identity: Identity,
}

/// The job of an import.
pub fn job(tenant: Tenant, import: ImportId) -> WorkKey {
    WorkKey { kind: WorkKind::SettleDoubts, tenant, subject: import.0 }
}

impl Verb for SettleDoubts {
    const NATURE: Nature = Nature::Mark;
    type Answer = ();

    /// The import, its pool with what is marked in it, the stock account, the codes and their tags.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.tenant(tenant);
        needs.inventory.imports.insert((tenant, self.import));
        needs.ledger.account(AccountKey::pieces(tenant, self.sku, AccountKind::Stock));
        needs.inventory.pools.insert((tenant, self.sku));
        needs.inventory.marked.insert((tenant, self.sku));
        needs.inventory.owned_codes.extend(self.rows.iter().map(|row| (tenant, self.sku, row.at)));
        needs.work.keys.insert(job(tenant, self.import));
        needs.work.keys.insert(WorkKey {
            kind: WorkKind::ExpireCodes,
            tenant,
            subject: self.sku.0,
        });
        for row in &self.rows {
            row.identity.needs(at, needs);
            needs.inventory.code_tags.insert((tenant, row.identity.own));
        }
    }

    /// Order of checks: the import exists and was decided. Codes that are no doubts any more are passed over.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let key = (tenant, self.import);
        let import =
            world.inventory.imports.get(&key).ok_or(Refusal::NotFound("code import"))?.clone();
        if import.verdict.is_none() {
            world.work.remove(&job(tenant, self.import));
            return Ok(());
        }
        let mut counts = [0_i64; 3];
        for row in self.rows {
            let found = world.inventory.code(&(tenant, self.sku, row.at));
            let doubtful = found
                .filter(|code| code.state == CodeState::Doubtful && code.batch == import.batch);
            let Some(code) = doubtful.cloned() else { continue };
            let verdict = verdict(world, &code, &row);
            if let Met::Same(first) = row.identity.meet(tenant, world) {
                row.identity.hand_over(tenant, world, first);
            }
            let becomes = becomes(world, &code, verdict);
            counts[place(becomes)] += 1;
            if verdict == Verdict::Accept {
                row.identity.claim(tenant, world, code.id, false);
            }
            settle(world, ctx, code, becomes);
        }
        let [sold, frozen, dropped] = counts;
        let accepted = sold + frozen;
        let (supplied, stock) = (AccountKind::Supplied, AccountKind::Stock);
        let postings = [
            (supplied, stock, accepted, Reason::Import),
            (stock, AccountKind::Frozen, frozen, Reason::Freeze),
            (supplied, AccountKind::Voided, dropped, Reason::VoidUnsold),
        ];
        let postings = postings.into_iter().filter_map(|moved| bring(world, ctx, &import, moved));
        let postings = postings.collect();
        if let Some(row) = world.inventory.imports.change(&key) {
            row.accepted += accepted;
            row.doubts -= accepted;
            row.held -= accepted + dropped;
            if self.last {
                row.verdict = None;
            }
        }
        if self.last {
            world.work.remove(&job(tenant, self.import));
        } else if let Some(work) = world.work.change(&job(tenant, self.import)) {
            work.lease_until = self.lease_until;
        }
        if accepted + dropped > 0 {
            let fact =
                DoubtsSettled { import: self.import, sku: self.sku, accepted, dropped, postings };
            world.record(ctx, self.import.0, fact);
        }
        Ok(())
    }
}

/// What was decided, unless the comparison with codes from before settled it since: a code that turned out to be there
/// already is worthless, and one that looks like nobody is no doubt.
fn verdict(world: &World, code: &Code, row: &Decided) -> Verdict {
    match row.identity.meet(code.tenant, world) {
        Met::Same(other) if other != code.id => Verdict::Drop,
        _ if row.verdict == Verdict::Drop && !row.identity.has_twin(code.tenant, world) => {
            Verdict::Accept
        }
        _ => row.verdict,
    }
}

/// An accepted code becomes what its batch is; a dropped one is voided.
fn becomes(world: &World, code: &Code, verdict: Verdict) -> CodeState {
    match (verdict, mark_of(world, code)) {
        (Verdict::Drop, _) | (Verdict::Accept, BatchStatus::Voided) => CodeState::Voided,
        (Verdict::Accept, BatchStatus::Frozen) => CodeState::Frozen,
        (Verdict::Accept, BatchStatus::Open) => CodeState::Available,
    }
}

fn settle(world: &mut World, ctx: &Context<'_>, mut code: Code, to: CodeState) {
    let was = std::mem::replace(&mut code.state, to);
    if to == CodeState::Available {
        pool::lower(world, code.tenant, code.sku, code.position());
        if code.valid_until < FOREVER {
            world.schedule_expiry(code.tenant, code.sku, ctx.now);
        }
    }
    world.inventory.save_code(was, code);
}

fn place(state: CodeState) -> usize {
    match state {
        CodeState::Available => 0,
        CodeState::Frozen => 1,
        _ => 2,
    }
}

/// Pieces that came in by a decision. A doubt is in no account before.
fn bring(
    world: &mut World,
    ctx: &mut Context<'_>,
    import: &Import,
    (from, to, amount, reason): (AccountKind, AccountKind, i64, Reason),
) -> Option<Posting> {
    let account = |kind| AccountKey::pieces(ctx.origin.tenant, import.sku, kind);
    let (debit, credit, subject) = (account(from), account(to), import.id.0);
    let wanted = Move { debit, credit, amount, reason, subject };
    (amount > 0).then(|| posting(&transfer(world, ctx, wanted)))
}
