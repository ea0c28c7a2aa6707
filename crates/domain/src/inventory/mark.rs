//! Marks: what a person made of a batch or of one code. Frozen codes are kept from sale until they are unfrozen,
//! voided ones are worthless for good; codes that belong to an order are never touched.

use super::{Code, CodeState, Import, Position, pool};
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::work::{WorkKey, WorkKind};
use crate::{Context, World};
use kernel::{CodeBatchId, FOREVER, ImportId, Tenant};
use serde::{Deserialize, Serialize};

crate::numbered::numbered! {
    /// What is wished of codes. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum BatchStatus {
        /// May be sold.
        Open = 0,
        /// Kept from sale.
        Frozen = 1,
        /// Worthless for good.
        Voided = 2,
    }
}

impl BatchStatus {
    /// What a code becomes under this mark; none if it stays what it is.
    pub fn moves(self, state: CodeState) -> Option<CodeState> {
        match (self, state) {
            (Self::Open, CodeState::Frozen) => Some(CodeState::Available),
            (Self::Frozen, CodeState::Available) => Some(CodeState::Frozen),
            (Self::Voided, CodeState::Available | CodeState::Frozen) => Some(CodeState::Voided),
            _ => None,
        }
    }

    fn reason(self) -> Reason {
        match self {
            Self::Open => Reason::Unfreeze,
            Self::Frozen => Reason::Freeze,
            Self::Voided => Reason::VoidUnsold,
        }
    }
}

/// A batch that is frozen, voided or on its way, as the sales of its pool and the returns to it see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkedBatch {
    /// Which batch.
    pub batch: CodeBatchId,
    /// What a person made of it.
    pub mark: BatchStatus,
    /// Where the job has not been yet, first and last place included: its codes may still be available there,
    /// but none of them is sold. None when the job is done.
    pub rest: Option<(Position, Position)>,
}

impl Import {
    /// Whether sales must walk around codes of the batch: it is marked or on its way, and the job has not been
    /// everywhere.
    pub fn is_being_withdrawn(&self) -> bool {
        (self.mark != BatchStatus::Open || self.relocation.is_some()) && self.mark_from.is_some()
    }
}

/// The job that walks a marked batch.
pub fn job(tenant: Tenant, import: ImportId) -> WorkKey {
    WorkKey { kind: WorkKind::MarkCodes, tenant, subject: import.0 }
}

/// What codes of a batch become when they come back to a pool; the pool's marked batches were asked for.
pub fn mark_of(world: &World, code: &Code) -> BatchStatus {
    let marked = world.inventory.marked.get(&code.sku).into_iter().flatten();
    let mut of_batch = marked.filter(|marked| marked.batch == code.batch);
    of_batch.next().map_or(BatchStatus::Open, |marked| marked.mark)
}

/// Gives a code its new state; says what it was.
pub(super) fn change(world: &mut World, ctx: &Context<'_>, mut code: Code, to: CodeState) {
    let was = std::mem::replace(&mut code.state, to);
    if to == CodeState::Available {
        open_again(world, ctx, &code);
    }
    world.inventory.save_code(was, code);
}

/// The pool finds the code where it was, and the sweep of the same command finds it if its date is over by now.
fn open_again(world: &mut World, ctx: &Context<'_>, code: &Code) {
    pool::lower(world, code.tenant, code.sku, code.position());
    let listed = world.config.sku(code.tenant, code.sku);
    let cutoff = listed.map_or(ctx.now, |(_, sku)| sku.terms.cutoff(ctx.now));
    pool::join(world, code, cutoff);
    if code.valid_until < FOREVER {
        world.schedule_expiry(code.tenant, code.sku, ctx.now);
    }
}

/// Moves the pieces of codes of a batch that left a state for what the mark makes of them.
pub(super) fn shift(
    world: &mut World,
    ctx: &mut Context<'_>,
    import: &Import,
    mark: BatchStatus,
    (from, count): (CodeState, i64),
) -> Option<Posting> {
    let to = mark.moves(from).filter(|_| count > 0)?;
    let account = |state| AccountKey::pieces(ctx.origin.tenant, import.sku, kind_of(state));
    let (debit, credit, subject) = (account(from), account(to), import.id.0);
    let wanted = Move { debit, credit, amount: count, reason: mark.reason(), subject };
    Some(posting(&transfer(world, ctx, wanted)))
}

/// Where the pieces of unsold codes lie.
pub(super) fn kind_of(state: CodeState) -> AccountKind {
    match state {
        CodeState::Frozen => AccountKind::Frozen,
        CodeState::Voided => AccountKind::Voided,
        CodeState::Expired => AccountKind::Expired,
        CodeState::Damaged => AccountKind::Damaged,
        _ => AccountKind::Stock,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_moves_unsold_codes_only_and_voided_ones_never() {
        use CodeState::{Available, Frozen, Voided};
        for (mark, moves) in [
            (BatchStatus::Open, &[(Frozen, Available)][..]),
            (BatchStatus::Frozen, &[(Available, Frozen)]),
            (BatchStatus::Voided, &[(Available, Voided), (Frozen, Voided)]),
        ] {
            for state in CodeState::ALL {
                let to = moves.iter().find(|(from, _)| *from == state).map(|(_, to)| *to);
                assert_eq!(mark.moves(state), to, "{mark:?} {state:?}");
            }
            assert_eq!(BatchStatus::from_number(mark as i64), Some(mark));
        }
    }
}
