//! Moving an amount between two accounts: the only place where balances change.

use super::{Account, AccountKey, Reason, Transfer};
use crate::ledger::fact::Posting;
use crate::{Context, Refusal, World};
use kernel::{Id16, TransferId};

/// A move that a rule wants.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    /// The account that gives.
    pub debit: AccountKey,
    /// The account that receives; same tenant, same unit.
    pub credit: AccountKey,
    /// Positive.
    pub amount: i64,
    /// The reason.
    pub reason: Reason,
    /// What made it.
    pub subject: Id16,
}

/// What a bounded account can give now. Accounts that never moved have nothing.
pub fn free(world: &World, key: &AccountKey) -> i64 {
    world.ledger.accounts.get(&(key.tenant, key.id())).map_or(0, Account::free)
}

/// Whether an account can take an amount without leaving 64 bits.
pub fn check_room(world: &World, key: &AccountKey, amount: i64) -> Result<(), Refusal> {
    let balance = world.ledger.accounts.get(&(key.tenant, key.id())).map_or(0, |a| a.balance);
    match balance.checked_add(amount) {
        Some(_) => Ok(()),
        None => Err(Refusal::invalid("amount", "the balance would become too large")),
    }
}

/// Moves the amount. Callers have checked bounds: from here it must succeed.
pub fn transfer(world: &mut World, ctx: &mut Context<'_>, m: Move) -> Transfer {
    debug_assert!(
        m.amount > 0 && m.debit.tenant == m.credit.tenant && m.debit.unit == m.credit.unit
    );
    let id = TransferId((ctx.draw)());
    let (debit_previous, debit_balance) = post(world, &m.debit, -m.amount, id);
    let (credit_previous, credit_balance) = post(world, &m.credit, m.amount, id);
    let transfer = Transfer {
        id,
        tenant: m.debit.tenant,
        debit: m.debit.id(),
        credit: m.credit.id(),
        amount: m.amount,
        unit: m.debit.unit,
        reason: m.reason,
        subject: m.subject,
        at: ctx.now,
        debit_previous,
        credit_previous,
        debit_balance,
        credit_balance,
    };
    world.ledger.transfers.push(transfer);
    transfer
}

/// What a fact says of a transfer.
pub fn posting(transfer: &Transfer) -> Posting {
    Posting { debit: transfer.debit, credit: transfer.credit, amount: transfer.amount }
}

fn post(
    world: &mut World,
    key: &AccountKey,
    delta: i64,
    id: TransferId,
) -> (Option<TransferId>, Option<i64>) {
    if !key.kind.bounded() {
        *world.ledger.deltas.entry(*key).or_default() += delta;
        return (None, None);
    }
    let account = world.ledger.account_mut(key);
    account.balance += delta;
    debug_assert!(account.free() >= 0, "a bounded account gave more than it had");
    let previous = account.last_transfer.replace(id);
    (previous, Some(account.balance))
}
