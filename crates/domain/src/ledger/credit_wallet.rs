//! Credit a buyer's wallet: makes the buyer and the wallet when they are new.

use super::transfer::{Move, check_room, transfer};
use super::{AccountKey, AccountKind, Reason, Transfer, transfer::posting};
use crate::approval;
use crate::approval::act::{Act, Size};
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::identity::buyer::{self, BuyerRef};
use crate::ledger::fact::WalletCredited;
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{BuyerId, Money};

/// Adds money to a wallet.
#[derive(Debug, Clone)]
pub struct CreditWallet {
    /// Whose wallet.
    pub buyer: BuyerRef,
    /// Positive.
    pub amount: Money,
}

/// A wallet was credited.
#[derive(Debug, Clone, Copy)]
pub struct Credited {
    /// The transfer that did it.
    pub transfer: Transfer,
    /// Whose wallet.
    pub buyer: BuyerId,
}

impl Answer for Credited {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Transfer, self.transfer.id.0))
    }
}

impl Verb for CreditWallet {
    type Answer = Credited;

    /// The buyer and his wallet.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        if let Some(buyer) = buyer::look_up(&self.buyer, at, needs) {
            needs.ledger.account(AccountKey::wallet(tenant, buyer, self.amount.currency));
        }
    }

    /// Order of checks: buyer, amount, a second person.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let known = buyer::find(&self.buyer, tenant, world)?;
        let amount = self
            .amount
            .to_ledger()
            .map_err(|_| Refusal::invalid("amount.amount", "the amount is too large"))?;
        if amount <= 0 {
            return Err(Refusal::invalid("amount.amount", "send a positive amount"));
        }
        if let Some(buyer) = known {
            let wallet = AccountKey::wallet(tenant, buyer, self.amount.currency);
            check_room(world, &wallet, amount)?;
        }
        approval::ask_second(world, ctx, Act::WalletCredit, Some(Size::Amount(self.amount)))?;

        let buyer = match known {
            Some(buyer) => buyer,
            None => buyer::create(self.buyer, tenant, world, ctx),
        };
        let wallet = AccountKey::wallet(tenant, buyer, self.amount.currency);
        let moved = transfer(
            world,
            ctx,
            Move {
                debit: AccountKey::own(tenant, AccountKind::Funding, self.amount.currency),
                credit: wallet,
                amount,
                reason: Reason::Credit,
                subject: buyer.0,
            },
        );
        world.record(
            ctx,
            buyer.0,
            WalletCredited { transfer: moved.id, buyer, posting: posting(&moved) },
        );
        Ok(Credited { transfer: moved, buyer })
    }
}
