//! What a payer does, and what follows from it.

use crate::channel::Channel;
use crate::payment::{Charge, Payment, RefundState, Standing};
use crate::sandbox::Sandbox;
use crate::{alipay, notice, random, stripe, wechat};
use std::sync::Arc;
use std::time::Duration;

/// An act of a payer.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Pays all of it.
    Pay,
    /// Tries, and the bank refuses.
    Fail,
    /// Pays all of it, and all of it again.
    PayTwice,
    /// Pays half of it.
    Underpay,
    /// Pays with a coupon of this value, which the channel bears.
    PayWithCoupon(i64),
    /// Pays, and the bank takes so long; meanwhile it may be closed.
    PayAfter(Duration),
}

/// Why an act is impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// It is paid.
    Paid,
    /// It is closed, or its time is over.
    Closed,
    /// So little can't be divided.
    TooLittle,
}

/// What a charge is made of.
#[derive(Clone, Copy)]
struct Purse {
    amount: i64,
    coupon: i64,
    /// The payer's bank was at it before the payment was closed.
    even_closed: bool,
    even_paid: bool,
}

/// Does what a payer does with the payment at a position.
///
/// # Errors
/// If the payment is in no state for it.
pub fn act(sandbox: &Arc<Sandbox>, index: usize, act: Act) -> Result<(), Impossible> {
    let amount = sandbox.payments.lock().get(index).amount;
    let whole = Purse { amount, coupon: 0, even_closed: false, even_paid: false };
    match act {
        Act::Pay => take(sandbox, index, whole),
        Act::Fail => fail(sandbox, index),
        Act::PayTwice => {
            // Whoever has paid once pays once more.
            match take(sandbox, index, whole) {
                Ok(()) | Err(Impossible::Paid) => {}
                Err(why) => return Err(why),
            }
            take(sandbox, index, Purse { even_paid: true, ..whole })
        }
        Act::Underpay if amount < 2 => Err(Impossible::TooLittle),
        Act::Underpay => take(sandbox, index, Purse { amount: amount / 2, ..whole }),
        Act::PayWithCoupon(coupon) if coupon < 1 || coupon >= amount => Err(Impossible::TooLittle),
        Act::PayWithCoupon(coupon) => take(sandbox, index, Purse { coupon, ..whole }),
        Act::PayAfter(pause) => {
            standing(sandbox, index, false)?;
            let shared = Arc::clone(sandbox);
            sandbox.spawn(async move {
                tokio::time::sleep(pause).await;
                let late = Purse { even_closed: true, ..whole };
                if let Err(why) = take(&shared, index, late) {
                    tracing::info!("a late payment came to nothing: {why:?}");
                }
            });
            Ok(())
        }
    }
}

fn standing(sandbox: &Sandbox, index: usize, even_paid: bool) -> Result<(), Impossible> {
    match sandbox.payments.lock().get(index).standing(sandbox.now()) {
        Standing::Open => Ok(()),
        Standing::Paid if even_paid => Ok(()),
        Standing::Paid => Err(Impossible::Paid),
        Standing::Closed => Err(Impossible::Closed),
    }
}

fn take(sandbox: &Arc<Sandbox>, index: usize, purse: Purse) -> Result<(), Impossible> {
    let now = sandbox.now();
    let (payment, place) = {
        let mut payments = sandbox.payments.lock();
        let payment = payments.get(index);
        match payment.standing(now) {
            Standing::Paid if !purse.even_paid => return Err(Impossible::Paid),
            Standing::Closed if !purse.even_closed => return Err(Impossible::Closed),
            _ => {}
        }
        let charge = Charge {
            id: charge_number(payment, sandbox),
            amount: purse.amount,
            coupon: purse.coupon,
            at: now,
            payer: payer(payment),
        };
        let place = payments.take(index, charge);
        (payments.get(index).clone(), place)
    };
    notice::send(sandbox, of_charge(sandbox, &payment, place));
    Ok(())
}

fn fail(sandbox: &Arc<Sandbox>, index: usize) -> Result<(), Impossible> {
    standing(sandbox, index, false)?;
    let payment = {
        let mut payments = sandbox.payments.lock();
        let payment = payments.get_mut(index);
        payment.failures += 1;
        payment.seen = true;
        payment.clone()
    };
    // WeChat Pay and Alipay tell nobody: the payment stays open.
    if payment.channel == Channel::Stripe {
        notice::send(sandbox, stripe::event::failed(sandbox, &payment));
    }
    Ok(())
}

/// Brings a refund to its end and tells the merchant. False if it had come to one.
pub fn finish_refund(sandbox: &Arc<Sandbox>, place: (usize, usize), state: RefundState) -> bool {
    let payment = {
        let mut payments = sandbox.payments.lock();
        if !payments.finish_refund(place, state, sandbox.now()) {
            return false;
        }
        payments.get(place.0).clone()
    };
    let refund = &payment.refunds[place.1];
    let notices = match payment.channel {
        Channel::Wechat => wechat::notice::refunded(sandbox, &payment, refund),
        Channel::Alipay => alipay::notice::refunded(sandbox, &payment, refund),
        Channel::Stripe => stripe::event::refunded(sandbox, &payment, refund),
    };
    notice::send(sandbox, notices);
    true
}

fn charge_number(payment: &Payment, sandbox: &Sandbox) -> String {
    let day = crate::clock::day(sandbox.now());
    match payment.channel {
        Channel::Wechat => format!("4200{day}{}", random::digits(16)),
        Channel::Alipay if payment.charges.is_empty() => alipay::trade_no(payment).to_owned(),
        Channel::Alipay => format!("{day}2200{}", random::digits(16)),
        Channel::Stripe => stripe::charge_number(payment),
    }
}

fn payer(payment: &Payment) -> String {
    match &payment.detail {
        crate::payment::Detail::Wechat(detail) => {
            detail.openid.clone().unwrap_or_else(|| format!("o{}", random::word(27)))
        }
        crate::payment::Detail::Alipay(_) => format!("2088{}", random::digits(12)),
        crate::payment::Detail::Stripe(_) => String::new(),
    }
}

/// Tells the merchant again of everything that was paid.
pub fn tell_again(sandbox: &Arc<Sandbox>, index: usize) {
    let payment = sandbox.payments.lock().get(index).clone();
    for place in 0..payment.charges.len() {
        notice::send(sandbox, of_charge(sandbox, &payment, place));
    }
}

fn of_charge(sandbox: &Sandbox, payment: &Payment, place: usize) -> Vec<notice::Notice> {
    match payment.channel {
        Channel::Wechat => wechat::notice::charged(sandbox, payment, &payment.charges[place]),
        Channel::Alipay => alipay::notice::charged(sandbox, payment, &payment.charges[place]),
        Channel::Stripe => stripe::event::charged(sandbox, payment, place),
    }
}
