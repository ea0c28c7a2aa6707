//! A payment through a channel of others: at which account, and what the channel offered.

use super::account::PaymentAccountId;
use super::fact::PaymentOffered;
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{PaymentId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};

/// Which account a payment begins at, and what the channel keeps there. The edge has read the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The account.
    pub account: PaymentAccountId,
    /// What the channel keeps of a payment, in basis points.
    pub fee_rate: u32,
}

/// What a payment has beside its row, if it goes through a channel of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelPayment {
    /// The tenant of the book.
    #[serde(skip, default = "crate::identity::operator")]
    pub tenant: Tenant,
    /// The payment.
    pub payment: PaymentId,
    /// The account that it is bound to.
    pub account: PaymentAccountId,
    /// What the channel keeps of it, in basis points.
    pub fee_rate: u32,
    /// When nobody may pay it any more: the end of the order's hold, or of the time that a recharge has.
    pub closes_at: Timestamp,
    /// What the channel offered, as the edge writes it; none before it answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// The channel's handle for later questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl ChannelPayment {
    /// What the channel keeps of money that it took in, in minor units. What it really kept, its bill says later.
    pub fn fee(&self, applied: i64) -> i64 {
        fee(applied, self.fee_rate)
    }
}

/// A fee in minor units, rounded half up as the channels do.
fn fee(amount: i64, rate: u32) -> i64 {
    let parts = i128::from(amount.max(0)) * i128::from(rate);
    i64::try_from((parts + 5_000) / 10_000).unwrap_or(0)
}

impl Answer for ChannelPayment {}

/// Stores what a channel offered.
#[derive(Debug, Clone)]
pub struct StoreOffer {
    /// The payment.
    pub payment: PaymentId,
    /// What the buyer gets, as the edge writes it.
    pub offer: String,
    /// The channel's handle.
    pub reference: Option<String>,
}

impl Verb for StoreOffer {
    type Answer = Box<ChannelPayment>;

    /// What the payment has beside its row.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.payment.channels.insert((at.tenant, self.payment));
    }

    /// The payment goes through a channel. The first offer stays: a repeated question gives the same payment there.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let key = (ctx.origin.tenant, self.payment);
        let found = world.payment.channels.get(&key).cloned();
        let mut row = found.ok_or(Refusal::NotFound("payment"))?;
        if row.offer.is_none() {
            row.offer = Some(self.offer);
            row.reference = self.reference;
            world.payment.channels.insert(key, row.clone());
            let fact = PaymentOffered { channel: row.clone() };
            world.record(ctx, self.payment.0, fact);
        }
        Ok(Box::new(row))
    }
}

#[cfg(test)]
mod tests {
    use super::fee;

    #[test]
    fn a_fee_is_rounded_half_up_to_the_minor_unit() {
        assert_eq!([fee(1_000, 60), fee(1_990, 60), fee(75, 100), fee(49, 100)], [6, 12, 1, 0]);
        assert_eq!(
            [fee(1_000, 0), fee(1_000, 10_000), fee(i64::MAX, 10_000)],
            [0, 1_000, i64::MAX]
        );
    }
}
