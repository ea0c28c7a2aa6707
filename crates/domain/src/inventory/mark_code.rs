//! Freeze, unfreeze or void one code.

use super::mark::{BatchStatus, change, shift};
use super::{Code, CodeState, Position, expire_codes};
use crate::inventory::fact::CodeMarked;
use crate::ledger::transfer::free;
use crate::ledger::{AccountKey, AccountKind};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{ImportId, SkuId};

/// Marks a code.
#[derive(Debug, Clone)]
pub struct MarkCode {
    /// The import that brought it.
    pub import: ImportId,
    /// The pool it lies in.
    pub sku: SkuId,
    /// Where it stands there.
    pub at: Position,
    /// What it shall be.
    pub mark: BatchStatus,
    /// The reason, for the journal.
    pub reason: String,
}

impl Verb for MarkCode {
    const NATURE: Nature = Nature::Mark;
    type Answer = Box<Code>;

    /// The code, its batch, and its pool with the stock account, which is the lock, and what crossed its date.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.tenant(tenant);
        needs.inventory.imports.insert((tenant, self.import));
        needs.ledger.account(AccountKey::pieces(tenant, self.sku, AccountKind::Stock));
        needs.inventory.pools.insert((tenant, self.sku));
        needs.inventory.owned_codes.insert((tenant, self.sku, self.at));
        expire_codes::needs_of_sweep(self.sku, at, needs);
    }

    /// Order of checks: the code exists in the batch, its state, its batch when it is unfrozen, a free piece when
    /// it leaves stock. A code that is so already is left as it is. One that is unfrozen past its date is expired.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let not_found = Refusal::NotFound("code");
        let code = world.inventory.code(&(tenant, self.sku, self.at)).cloned();
        let Some(code) = code else { return Err(not_found) };
        let import = world.inventory.imports.get(&(tenant, self.import));
        let import = import.filter(|import| import.batch == code.batch).ok_or(not_found)?.clone();
        let wrong = |detail| Err(Refusal::WrongState { code: "code_state", detail });
        if import.relocation.is_some() {
            return wrong(
                "its batch is on its way to another SKU or date; try again when its job has ended",
            );
        }
        let Some(to) = self.mark.moves(code.state) else {
            return match (self.mark, code.state) {
                (BatchStatus::Open, CodeState::Available)
                | (BatchStatus::Frozen, CodeState::Frozen)
                | (BatchStatus::Voided, CodeState::Voided) => Ok(Box::new(code)),
                (_, CodeState::Issued | CodeState::Revealed | CodeState::Voucher) => {
                    wrong("the code belongs to an order; refund the order instead")
                }
                (_, CodeState::Expired) => wrong("the code crossed its date"),
                (_, CodeState::Damaged) => wrong("the code is damaged: it cannot be opened"),
                _ => wrong("the code is voided for good"),
            };
        };
        if self.mark == BatchStatus::Open && import.mark != BatchStatus::Open {
            return wrong("its batch is frozen or voided; unfreeze the batch instead");
        }
        let stock = AccountKey::pieces(tenant, self.sku, AccountKind::Stock);
        if code.state == CodeState::Available && free(world, &stock) == 0 {
            return wrong("orders that wait for money hold every piece; try again when they end");
        }

        let id = code.id;
        let posting = shift(world, ctx, &import, self.mark, (code.state, 1));
        change(world, ctx, code.clone(), to);
        let fact = CodeMarked {
            code: id,
            batch: code.batch,
            sku: self.sku,
            mark: self.mark,
            reason: self.reason,
            postings: posting.into_iter().collect(),
        };
        world.record(ctx, id.0, fact);
        let mut code = Code { state: to, ..code };
        if self.mark == BatchStatus::Open {
            expire_codes::sweep(world, ctx, tenant, self.sku);
            code = world.inventory.code(&code.place()).cloned().unwrap_or(code);
        }
        Ok(Box::new(code))
    }
}
