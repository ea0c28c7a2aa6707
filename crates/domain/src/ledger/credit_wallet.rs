//! Credit a buyer's wallet: makes the buyer and the wallet when they are new.

use super::transfer::{Move, check_room, transfer};
use super::{AccountKey, AccountKind, Reason, transfer::posting};
use crate::fact::ledger::WalletCredited;
use crate::identity::buyer::{self, BuyerRef};
use crate::{Context, Fact, Needs, Outcome, Refusal, World};
use kernel::{Money, Tenant};

/// Adds money to a wallet.
#[derive(Debug, Clone)]
pub struct CreditWallet {
    /// Whose wallet.
    pub buyer: BuyerRef,
    /// Positive.
    pub amount: Money,
}

impl CreditWallet {
    /// The buyer and his wallet.
    pub fn needs(&self, tenant: Tenant, world: &World, needs: &mut Needs) {
        if let Some(buyer) = buyer::look_up(&self.buyer, tenant, world, needs) {
            needs.account(AccountKey::wallet(tenant, buyer, self.amount.currency));
        }
    }

    /// Order of checks: buyer, amount.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
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
            Fact::WalletCredited(WalletCredited {
                transfer: moved.id,
                buyer,
                posting: posting(&moved),
            }),
        );
        Ok(Outcome::Credited { transfer: moved, buyer })
    }
}
