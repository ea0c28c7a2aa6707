//! Recharge a buyer's wallet through a channel: a payment whose goal is the wallet, and whose money goes there.

use super::channel::Chosen;
use super::start::{begin, check_method};
use super::{Goal, PayMethod, Payment, PaymentState};
use crate::identity::buyer::{self, BuyerRef};
use crate::identity::terms;
use crate::ledger::AccountKey;
use crate::ledger::transfer::check_room;
use crate::refund::RefundCause;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::limits::RECHARGE_SECONDS;
use kernel::{BuyerId, Money, PaymentId};

/// Begins to recharge a wallet.
#[derive(Debug, Clone)]
pub struct StartRecharge {
    /// Whose wallet.
    pub buyer: BuyerRef,
    /// Positive.
    pub amount: Money,
    /// The payment method; neither the wallet nor a transfer.
    pub method: PayMethod,
    /// Account and way, where the method is a channel of others.
    pub channel: Option<Chosen>,
}

impl Verb for StartRecharge {
    type Answer = Box<Payment>;

    /// The buyer and his wallet.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
        if let Some(buyer) = buyer::look_up(&self.buyer, at, needs) {
            needs.ledger.account(AccountKey::wallet(at.tenant, buyer, self.amount.currency));
        }
    }

    /// Order of checks: buyer, method, amount, the merchant may sell, the wallet can take it.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let known = buyer::find(&self.buyer, tenant, world)?;
        if matches!(self.method, PayMethod::Wallet | PayMethod::Offline) {
            return Err(Refusal::invalid("method", "use a channel; credit what was transferred"));
        }
        check_method(world, tenant, self.method, self.channel)?;
        let amount = self.amount.to_ledger().ok().filter(|amount| *amount > 0);
        let amount = amount.ok_or_else(|| {
            Refusal::invalid("amount.amount", "send a positive amount that is not too large")
        })?;
        terms::check_may_sell(world, tenant)?;
        if let Some(buyer) = known {
            check_room(world, &AccountKey::wallet(tenant, buyer, self.amount.currency), amount)?;
        }

        let buyer = match known {
            Some(buyer) => buyer,
            None => buyer::create(self.buyer, tenant, world, ctx),
        };
        let payment = Payment {
            id: PaymentId((ctx.draw)()),
            tenant,
            goal: Goal::Wallet(buyer),
            method: self.method,
            currency: self.amount.currency,
            amount: self.amount.amount,
            state: PaymentState::Pending,
            channel_number: None,
            created_at: ctx.now,
            ended_at: None,
        };
        let closes_at = ctx.now.plus_micros(RECHARGE_SECONDS * 1_000_000);
        begin(world, ctx, &payment, self.channel, closes_at);
        world.payment.payments.insert(payment.key(), payment.clone());
        Ok(Box::new(payment))
    }
}

/// The wallet that a payment recharges.
pub fn needs(payment: PaymentId, at: &At<'_>, needs: &mut Needs) {
    let payment = at.world.payment.payments.get(&(at.tenant, payment));
    if let Some(Payment { goal: Goal::Wallet(buyer), currency, .. }) = payment {
        needs.ledger.account(AccountKey::wallet(at.tenant, *buyer, *currency));
    }
}

/// The wallet that takes money which arrived, else why it goes back. A recharge that was closed, or whose money went back, is over.
pub fn judge(
    world: &World,
    payment: &Payment,
    buyer: BuyerId,
    amount: i64,
) -> Result<AccountKey, RefundCause> {
    if payment.state == PaymentState::Succeeded {
        return Err(RefundCause::PaidTwice);
    }
    if amount < payment.amount {
        return Err(RefundCause::Underpaid);
    }
    if matches!(payment.state, PaymentState::Closed | PaymentState::Returned) {
        return Err(RefundCause::NoGoods);
    }
    let wallet = AccountKey::wallet(payment.tenant, buyer, payment.currency);
    let credit = payment.money().to_ledger().map_err(|_| RefundCause::NoGoods)?;
    check_room(world, &wallet, credit).map_err(|_| RefundCause::NoGoods)?;
    Ok(wallet)
}
