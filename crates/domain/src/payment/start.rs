//! Begin to pay an order: from the wallet at once, or through a channel, which tells later.

use super::ask::{asking, first};
use super::channel::{ChannelPayment, Chosen};
use super::{Goal, PayMethod, Payment, PaymentState, complete, offline};
use crate::identity::{operator, terms};
use crate::ledger::AccountKey;
use crate::order::place::{check_funds, pay_from_wallet};
use crate::order::{self, close, limit, reserve};
use crate::payment::fact::PaymentStarted;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::limits::ORDER_PAYMENTS_MAX;
use kernel::{Mode, OrderId, PaymentId, Tenant, Timestamp};

/// Begins to pay.
#[derive(Debug, Clone, Copy)]
pub struct StartPayment {
    /// The order.
    pub order: OrderId,
    /// The payment method.
    pub method: PayMethod,
    /// Account and way, where the method is a channel of others.
    pub channel: Option<Chosen>,
}

impl Verb for StartPayment {
    type Answer = Box<Payment>;

    /// The order; all that its delivery needs if the wallet pays.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.tenant(tenant);
        needs.order.orders.insert((tenant, self.order));
        needs.order.counters.insert(limit::payments(tenant, self.order));
        if self.method == PayMethod::Offline {
            needs.work.keys.insert(reserve::timer(tenant, self.order));
        }
        if self.method == PayMethod::Wallet {
            complete::needs(self.order, at, needs);
            if let Some(order) = world.order.orders.get(&(tenant, self.order)) {
                needs.ledger.account(AccountKey::wallet(tenant, order.buyer, order.currency));
            }
        }
    }

    /// Order of checks: the order exists, the method is for this mode and amount, the merchant may sell, the order waits, its
    /// time is not over, attempts, then for the wallet codes and funds.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let (mut order, lines) = order::require(world, tenant, self.order)?;
        check_method(world, tenant, self.method, self.channel)?;
        if self.method != PayMethod::Wallet && order.total == 0 {
            return Err(Refusal::invalid("method", "the order is free; use `wallet`"));
        }
        terms::check_may_sell(world, tenant)?;
        close::check_waits(&order)?;
        if order.expires_at.is_some_and(|until| ctx.now >= until) {
            let detail = "the order was not paid in time";
            return Err(Refusal::WrongState { code: "order_state", detail });
        }
        let attempts = limit::payments(tenant, self.order);
        if limit::used(world, &attempts) >= ORDER_PAYMENTS_MAX {
            let field = "payments".to_owned();
            return Err(Refusal::LimitExceeded { field, limit: ORDER_PAYMENTS_MAX });
        }
        if self.method == PayMethod::Wallet {
            complete::check(world, ctx, &order, &lines)?;
            check_funds(world, tenant, Some(order.buyer), order.total_money())?;
        }

        *world.order.counter_mut(attempts) += 1;
        let mut payment = Payment {
            id: PaymentId((ctx.draw)()),
            tenant,
            goal: Goal::Order(order.id),
            method: self.method,
            currency: order.currency,
            amount: order.total,
            state: PaymentState::Pending,
            channel_number: None,
            created_at: ctx.now,
            ended_at: None,
        };
        if self.method == PayMethod::Offline {
            offline::wait(world, ctx, &mut order, &lines);
        }
        if self.method == PayMethod::Wallet {
            payment.state = PaymentState::Succeeded;
            payment.ended_at = Some(ctx.now);
            let paid = pay_from_wallet(world, ctx, &order).into_iter().collect();
            let done = complete::complete(world, ctx, order, lines, payment.id, paid);
            done.record(world, ctx, payment.clone(), None, Vec::new());
        } else {
            begin(world, ctx, &payment, self.channel, order.expires_at.unwrap_or(ctx.now));
        }
        world.payment.payments.insert(payment.key(), payment.clone());
        Ok(Box::new(payment))
    }
}

/// Whether a method may be used in this book, and has an account exactly if it goes through a channel of others.
pub fn check_method(
    world: &World,
    tenant: Tenant,
    method: PayMethod,
    channel: Option<Chosen>,
) -> Result<(), Refusal> {
    if method == PayMethod::Test && (tenant.mode() != Mode::Test || tenant == operator()) {
        return Err(Refusal::invalid("method", "the test channel is for test mode only"));
    }
    if method == PayMethod::Offline && offline::accepted(world, tenant).is_none() {
        return Err(Refusal::invalid("method", "the merchant takes no bank transfers"));
    }
    if channel.is_some() != method.channel().is_some() {
        return Err(Refusal::invalid("method", "name an account of this channel"));
    }
    Ok(())
}

/// Keeps what a payment has beside its row, with the time to ask where it stands, and tells that it began.
pub fn begin(
    world: &mut World,
    ctx: &Context<'_>,
    payment: &Payment,
    channel: Option<Chosen>,
    closes_at: Timestamp,
) {
    let tenant = payment.tenant;
    let channel = channel.map(|Chosen { account, fee_rate }| {
        let (payment, offer, reference) = (payment.id, None, None);
        ChannelPayment { tenant, payment, account, fee_rate, closes_at, offer, reference }
    });
    if let Some(row) = &channel {
        world.work.insert(asking(tenant, row.payment), first(ctx.now, row.closes_at));
        world.payment.channels.insert((tenant, row.payment), row.clone());
    }
    let fact = PaymentStarted { payment: payment.clone(), channel };
    world.record(ctx, payment.id.0, fact);
}
