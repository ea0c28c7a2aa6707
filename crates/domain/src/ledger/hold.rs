//! Holds: keep an amount of a wallet, then post it in whole or part, or void it.
//!
//! A hold never vanishes by itself. Only the tenant that made it can end it, once.

use super::transfer::{Move, free, posting, transfer};
use super::{AccountKey, AccountKind, Hold, HoldState, Reason};
use crate::identity::buyer::{self, BuyerRef};
use crate::ledger::fact::{HoldMade, HoldPosted, HoldVoided};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{HoldId, Money, Tenant};

/// Keeps an amount of a buyer's wallet for the merchant.
#[derive(Debug, Clone)]
pub struct MakeHold {
    /// Whose wallet.
    pub buyer: BuyerRef,
    /// Positive.
    pub amount: Money,
}

/// Moves a hold's amount, or a part of it, and releases the rest.
#[derive(Debug, Clone)]
pub struct PostHold {
    /// Which hold.
    pub hold: HoldId,
    /// How much; all of it when absent.
    pub amount: Option<Money>,
}

/// Releases a hold without moving anything.
#[derive(Debug, Clone)]
pub struct VoidHold {
    /// Which hold.
    pub hold: HoldId,
}

impl Verb for MakeHold {
    type Answer = Hold;

    /// The buyer and his wallet.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        if let Some(buyer) = buyer::look_up(&self.buyer, at, needs) {
            needs.ledger.account(AccountKey::wallet(tenant, buyer, self.amount.currency));
        }
    }

    /// Order of checks: buyer, amount, funds.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let buyer = buyer::find(&self.buyer, tenant, world)?.ok_or(Refusal::NotFound("buyer"))?;
        let amount = self
            .amount
            .to_ledger()
            .ok()
            .filter(|amount| *amount > 0)
            .ok_or_else(|| Refusal::invalid("amount.amount", "send a positive amount"))?;
        let debit = AccountKey::wallet(tenant, buyer, self.amount.currency);
        if free(world, &debit) < amount {
            return Err(Refusal::InsufficientFunds);
        }

        world.ledger.account_mut(&debit).held += amount;
        let hold = Hold {
            id: HoldId((ctx.draw)()),
            debit,
            credit: AccountKey::own(tenant, AccountKind::Sales, self.amount.currency),
            amount,
            posted: 0,
            state: HoldState::Pending,
            at: ctx.now,
        };
        world.ledger.holds.insert((tenant, hold.id), hold);
        let fact = HoldMade { hold: hold.id, account: debit.id(), buyer, amount };
        world.record(ctx, hold.id.0, fact);
        Ok(hold)
    }
}

impl Verb for PostHold {
    type Answer = Hold;

    /// The hold, then its accounts.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs_of_hold(self.hold, at, needs);
    }

    /// Order of checks: hold, state, amount.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let hold = pending(self.hold, ctx.origin.tenant, world)?;
        let amount = match self.amount {
            None => hold.amount,
            Some(part) => part_of(&hold, part)?,
        };

        let hold = end(world, &hold, HoldState::Posted, amount);
        let moved = transfer(
            world,
            ctx,
            Move {
                debit: hold.debit,
                credit: hold.credit,
                amount,
                reason: Reason::HoldPosted,
                subject: hold.id.0,
            },
        );
        let fact = HoldPosted {
            hold: hold.id,
            account: hold.debit.id(),
            released: hold.amount,
            posting: posting(&moved),
        };
        world.record(ctx, hold.id.0, fact);
        Ok(hold)
    }
}

impl Verb for VoidHold {
    type Answer = Hold;

    /// The hold, then its accounts.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs_of_hold(self.hold, at, needs);
    }

    /// Order of checks: hold, state.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let hold = pending(self.hold, ctx.origin.tenant, world)?;
        let hold = end(world, &hold, HoldState::Voided, 0);
        let fact = HoldVoided { hold: hold.id, account: hold.debit.id(), released: hold.amount };
        world.record(ctx, hold.id.0, fact);
        Ok(hold)
    }
}

fn needs_of_hold(id: HoldId, at: &At<'_>, needs: &mut Needs) {
    let At { tenant, world, .. } = *at;
    needs.ledger.hold(tenant, id);
    if let Some(hold) = world.ledger.holds.get(&(tenant, id)) {
        needs.ledger.account(hold.debit);
    }
}

fn pending(id: HoldId, tenant: Tenant, world: &World) -> Result<Hold, Refusal> {
    // What an order holds of a SKU's stock ends with the order.
    let of_wallet = |hold: &&Hold| hold.debit.kind == AccountKind::Wallet;
    let found = world.ledger.holds.get(&(tenant, id)).filter(of_wallet);
    let hold = *found.ok_or(Refusal::NotFound("hold"))?;
    match hold.state {
        HoldState::Pending => Ok(hold),
        HoldState::Posted => {
            Err(Refusal::WrongState { code: "hold_state", detail: "the hold was posted already" })
        }
        HoldState::Voided => {
            Err(Refusal::WrongState { code: "hold_state", detail: "the hold was voided already" })
        }
    }
}

fn part_of(hold: &Hold, part: Money) -> Result<i64, Refusal> {
    let unit = super::Unit::Money(part.currency);
    if unit != hold.debit.unit {
        return Err(Refusal::invalid("amount.currency", "use the currency of the hold"));
    }
    match part.to_ledger() {
        Ok(amount) if amount > 0 && amount <= hold.amount => Ok(amount),
        _ => Err(Refusal::invalid("amount.amount", "send a positive amount up to what is held")),
    }
}

/// Ends a pending hold: nothing is kept any more.
pub fn end(world: &mut World, hold: &Hold, state: HoldState, posted: i64) -> Hold {
    let ended = Hold { state, posted, ..*hold };
    world.ledger.account_mut(&hold.debit).held -= hold.amount;
    world.ledger.holds.insert((hold.debit.tenant, hold.id), ended);
    ended
}
