//! A channel's notice: money arrived, or will not.
//!
//! | what came | what happens |
//! |---|---|
//! | the same transaction again | nothing |
//! | a failure | the payment fails; the order stays payable |
//! | less than is due | all of it goes back; the order stays payable |
//! | what is due, the order waits | goods |
//! | what is due, the order was cancelled or expired | goods if stock and limits allow, else all goes back |
//! | what is due, the held codes crossed their date, were frozen or voided, or do not open | all of it goes back; the order is closed |
//! | what is due, and the key of a code is missing | nothing yet; the channel tells again |
//! | more than is due | goods, and the excess goes back |
//! | anything for an order that is paid | all of it goes back |
//! | what the channel has given back in part before we heard of it | the rest goes back |
//!
//! A recharge has the wallet for its goods, and ends with its payment: what comes after it was paid, closed or given back goes back.

use super::account::PaymentAccountId;
use super::ask::asking;
use super::exchange::KeptExchange;
use super::{Goal, PayMethod, Payment, PaymentState, Receipt, ReceiptKey};
use super::{complete, recharge, test_channel};
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::order::{self, Closed, Line, Order, close};
use crate::payment::fact::{PaymentEnded, PaymentRecharged, PaymentReturned};
use crate::refund::{Refund, RefundCause, send};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{Money, OrderId, PaymentId, Tenant};

/// What a channel tells of a payment. Its signature was checked at the edge.
#[derive(Debug, Clone)]
pub struct ReceiveNotice {
    /// Which channel.
    pub method: PayMethod,
    /// The account that it came to; none for the test channel.
    pub account: Option<PaymentAccountId>,
    /// Our number of the payment.
    pub payment: PaymentId,
    /// The order that it is for; none of a recharge.
    pub order: Option<OrderId>,
    /// The channel's number of the transaction.
    pub number: String,
    /// What it says.
    pub said: Said,
    /// The channel says that some of the money went back already. If we hear of it only now, nothing is delivered for it.
    pub returned: bool,
    /// The notice as it is kept beside the payment, masked, in JSON.
    pub exchange: Option<String>,
}

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// So much arrived.
    Paid(Money),
    /// Nothing will arrive: it was refused.
    Failed,
    /// Nothing will arrive: it was closed.
    Closed,
}

/// What money that arrived is for.
enum Use {
    /// The order's goods.
    Goods(Order, Vec<Line>),
    /// A wallet.
    Wallet(AccountKey),
    /// Nothing: the order's goods are gone, and it is over.
    SoldOut(Order, Vec<Line>),
    /// Nothing.
    Back(RefundCause),
}

impl Verb for ReceiveNotice {
    type Answer = Box<Payment>;

    /// The payment, the receipt, and all that the delivery of the named order needs, so that nothing waits for the
    /// payment's row.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.payment.payments.insert((tenant, self.payment));
        if self.account.is_some() {
            needs.payment.channels.insert((tenant, self.payment));
            needs.work.keys.insert(asking(tenant, self.payment));
        }
        needs.payment.receipts.insert(self.receipt_key(tenant));
        test_channel::needs_of_told(self.method, tenant, &self.number, needs);
        if let Said::Paid(_) = self.said {
            match self.order {
                Some(order) => complete::needs(order, at, needs),
                None => recharge::needs(self.payment, at, needs),
            }
        }
    }

    /// Order of checks: the payment exists for this channel, account and order, the currency is its own, the amount is
    /// positive, and no code that would be handed over lies under a missing key.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let payment = self.found(world, tenant).ok_or(Refusal::NotFound("payment"))?.clone();
        if let Said::Paid(money) = self.said {
            if money.currency != payment.currency {
                return Err(Refusal::invalid("currency", "use the currency of the payment"));
            }
            if money.amount <= 0 || money.to_ledger().is_err() {
                return Err(Refusal::invalid("amount", "send a positive amount"));
            }
        }

        let arrived = self.arrived(world, ctx, &payment)?;
        if let Some(data) = self.exchange {
            let (payment, id) = (payment.id, (ctx.draw)());
            world.payment.new_exchanges.push(KeptExchange { tenant, payment, id, data });
        }
        let asked = self.account.map(|_| asking(tenant, self.payment));
        test_channel::told(self.method, tenant, &self.number, world);
        let payment = match (self.said, arrived) {
            (Said::Failed, _) => end(world, ctx, payment, PaymentState::Failed),
            (Said::Closed, _) => end(world, ctx, payment, PaymentState::Closed),
            (Said::Paid(_), None) => payment,
            (Said::Paid(money), Some(what_for)) => {
                take_in(world, ctx, payment, (self.number, money), what_for)
            }
        };
        if let Some(work) = asked.filter(|_| !payment.state.is_open()) {
            world.work.remove(&work);
        }
        Ok(Box::new(payment))
    }
}

impl ReceiveNotice {
    /// What an account's channel says of a payment, told by nobody's notice.
    pub fn at(account: PaymentAccountId, payment: &Payment, said: Said) -> Self {
        Self {
            method: payment.method,
            account: Some(account),
            payment: payment.id,
            order: payment.order(),
            number: String::new(),
            said,
            returned: false,
            exchange: None,
        }
    }

    /// What money is for that was not seen before.
    fn arrived(
        &self,
        world: &World,
        ctx: &Context<'_>,
        payment: &Payment,
    ) -> Result<Option<Use>, Refusal> {
        let tenant = ctx.origin.tenant;
        let Said::Paid(money) = self.said else { return Ok(None) };
        if world.payment.receipts.get(&self.receipt_key(tenant)).is_some() {
            return Ok(None);
        }
        if self.returned {
            return Ok(Some(Use::Back(RefundCause::ReturnedElsewhere)));
        }
        let what_for = match payment.goal {
            Goal::Order(order) => judge(world, ctx, order, money.amount)?,
            Goal::Wallet(buyer) => {
                let judged = recharge::judge(world, payment, buyer, money.amount);
                judged.map_or_else(Use::Back, Use::Wallet)
            }
        };
        Ok(Some(what_for))
    }

    fn found<'a>(&self, world: &'a World, tenant: Tenant) -> Option<&'a Payment> {
        let found = world.payment.payments.get(&(tenant, self.payment));
        let bound = world.payment.channels.get(&(tenant, self.payment)).map(|row| row.account);
        let found = found.filter(|_| bound == self.account);
        found.filter(|payment| payment.method == self.method && payment.order() == self.order)
    }

    fn receipt_key(&self, tenant: Tenant) -> ReceiptKey {
        ReceiptKey { tenant, method: self.method, number: self.number.clone() }
    }
}

/// Nothing arrives for a payment.
fn end(world: &mut World, ctx: &Context<'_>, mut payment: Payment, state: PaymentState) -> Payment {
    if payment.state.is_open() {
        payment.state = state;
        payment.ended_at = Some(ctx.now);
        world.payment.payments.insert(payment.key(), payment.clone());
        let fact = PaymentEnded { payment: payment.clone() };
        world.record(ctx, payment.id.0, fact);
    }
    payment
}

/// Money arrived that was not seen before.
fn take_in(
    world: &mut World,
    ctx: &mut Context<'_>,
    mut payment: Payment,
    (number, money): (String, Money),
    what_for: Use,
) -> Payment {
    let mut receipt = Receipt {
        number,
        method: payment.method,
        payment: payment.id,
        order: payment.order(),
        currency: payment.currency,
        amount: money.amount,
        applied: 0,
        at: ctx.now,
    };
    match what_for {
        Use::Goods(order, lines) => {
            receipt.applied = order.total;
            succeed(&mut payment, &receipt, ctx);
            hand_over(world, ctx, (order, lines), payment.clone(), receipt.clone());
        }
        Use::Wallet(wallet) => {
            receipt.applied = payment.amount;
            succeed(&mut payment, &receipt, ctx);
            recharge(world, ctx, wallet, payment.clone(), receipt.clone());
        }
        Use::SoldOut(order, lines) => {
            come_to_nothing(&mut payment, &receipt, ctx);
            if order.waits() {
                close::close(world, ctx, order, &lines, Closed::SoldOut);
            }
            give_back(world, ctx, payment.clone(), receipt.clone(), RefundCause::NoGoods);
        }
        Use::Back(cause) => {
            come_to_nothing(&mut payment, &receipt, ctx);
            give_back(world, ctx, payment.clone(), receipt.clone(), cause);
        }
    }
    let key = ReceiptKey {
        tenant: payment.tenant,
        method: receipt.method,
        number: receipt.number.clone(),
    };
    world.payment.receipts.insert(key, receipt);
    world.payment.payments.insert(payment.key(), payment.clone());
    payment
}

fn succeed(payment: &mut Payment, receipt: &Receipt, ctx: &Context<'_>) {
    if payment.state.is_open() {
        payment.ended_at = Some(ctx.now);
    }
    payment.state = PaymentState::Succeeded;
    payment.channel_number = Some(receipt.number.clone());
}

/// What came for it goes back; a payment that succeeded before stays as it is.
fn come_to_nothing(payment: &mut Payment, receipt: &Receipt, ctx: &Context<'_>) {
    if payment.state != PaymentState::Succeeded {
        payment.state = PaymentState::Returned;
        payment.channel_number = Some(receipt.number.clone());
        payment.ended_at = payment.ended_at.or(Some(ctx.now));
    }
}

/// The table above, for an order.
fn judge(world: &World, ctx: &Context<'_>, order: OrderId, amount: i64) -> Result<Use, Refusal> {
    let (order, lines) = order::require(world, ctx.origin.tenant, order)?;
    if order.is_paid() {
        return Ok(Use::Back(RefundCause::PaidTwice));
    }
    if amount < order.total {
        return Ok(Use::Back(RefundCause::Underpaid));
    }
    match complete::check(world, ctx, &order, &lines) {
        Ok(()) => Ok(Use::Goods(order, lines)),
        Err(Refusal::KeyMissing) => Err(Refusal::KeyMissing),
        Err(_) => Ok(Use::SoldOut(order, lines)),
    }
}

fn hand_over(
    world: &mut World,
    ctx: &mut Context<'_>,
    (order, lines): (Order, Vec<Line>),
    payment: Payment,
    receipt: Receipt,
) {
    let sales = own(&receipt, ctx, AccountKind::Sales);
    let (postings, refunds) = apply(world, ctx, &receipt, sales);
    let done = complete::complete(world, ctx, order, lines, payment.id, postings);
    done.record(world, ctx, payment, Some(receipt), refunds);
}

fn recharge(
    world: &mut World,
    ctx: &mut Context<'_>,
    wallet: AccountKey,
    payment: Payment,
    receipt: Receipt,
) {
    let (postings, refunds) = apply(world, ctx, &receipt, wallet);
    let subject = payment.id.0;
    world.record(ctx, subject, PaymentRecharged { payment, receipt, refunds, postings });
}

/// Books what of a receipt is applied, with the channel's fee, and sends the rest of it back.
fn apply(
    world: &mut World,
    ctx: &mut Context<'_>,
    receipt: &Receipt,
    to: AccountKey,
) -> (Vec<Posting>, Vec<Refund>) {
    let mut postings = vec![book(world, ctx, receipt, receipt.applied, to)];
    postings.extend(accrue_fee(world, ctx, receipt));
    let excess = receipt.amount - receipt.applied;
    let mut refunds = Vec::new();
    if excess > 0 {
        let unapplied = own(receipt, ctx, AccountKind::Unapplied);
        postings.push(book(world, ctx, receipt, excess, unapplied));
        let (refund, moved) = send_back(world, ctx, receipt, excess, RefundCause::Overpaid);
        refunds.push(refund);
        postings.push(moved);
    }
    (postings, refunds)
}

fn give_back(
    world: &mut World,
    ctx: &mut Context<'_>,
    payment: Payment,
    receipt: Receipt,
    cause: RefundCause,
) {
    let unapplied = own(&receipt, ctx, AccountKind::Unapplied);
    let came = book(world, ctx, &receipt, receipt.amount, unapplied);
    let (refund, goes) = send_back(world, ctx, &receipt, receipt.amount, cause);
    let subject = payment.id.0;
    let fact = PaymentReturned { payment, receipt, refund, postings: vec![came, goes] };
    world.record(ctx, subject, fact);
}

fn send_back(
    world: &mut World,
    ctx: &mut Context<'_>,
    receipt: &Receipt,
    amount: i64,
    cause: RefundCause,
) -> (Refund, Posting) {
    let refund = Refund::of_receipt(ctx, receipt, amount, cause);
    let moved = send::start(world, ctx, &refund, amount, AccountKind::Unapplied);
    (refund, moved)
}

/// An account of the merchant's own in the currency of a receipt.
fn own(receipt: &Receipt, ctx: &Context<'_>, kind: AccountKind) -> AccountKey {
    AccountKey::own(ctx.origin.tenant, kind, receipt.currency)
}

/// Books what the channel will keep of money that was applied. What it really kept, its bill says later.
fn accrue_fee(world: &mut World, ctx: &mut Context<'_>, receipt: &Receipt) -> Option<Posting> {
    let tenant = ctx.origin.tenant;
    let fee = world.payment.channels.get(&(tenant, receipt.payment))?.fee(receipt.applied);
    let wanted = Move {
        debit: own(receipt, ctx, AccountKind::ChannelFees),
        credit: own(receipt, ctx, AccountKind::FeesAccrued),
        amount: Money::new(fee, receipt.currency).to_ledger().unwrap_or(0),
        reason: Reason::Fee,
        subject: receipt.payment.0,
    };
    (fee > 0).then(|| posting(&transfer(world, ctx, wanted)))
}

/// Books money that a channel took in.
fn book(
    world: &mut World,
    ctx: &mut Context<'_>,
    receipt: &Receipt,
    amount: i64,
    to: AccountKey,
) -> Posting {
    let wanted = Move {
        debit: own(receipt, ctx, AccountKind::Clearing),
        credit: to,
        amount: Money::new(amount, receipt.currency).to_ledger().unwrap_or(0),
        reason: Reason::Receipt,
        subject: receipt.payment.0,
    };
    posting(&transfer(world, ctx, wanted))
}
