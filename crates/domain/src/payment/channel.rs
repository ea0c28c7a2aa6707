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
