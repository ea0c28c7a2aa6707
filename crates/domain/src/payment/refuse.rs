//! A notice that is not the channel's, or not for its account: nothing changes, and it is told.

use super::account::PaymentAccountId;
use super::fact::{AccountUnreadable, NoticeRefused};
use crate::{At, Context, Needs, Refusal, Verb, World};

/// Tells that a notice was refused.
#[derive(Debug, Clone)]
pub struct RefuseNotice {
    /// The account whose address it came to.
    pub account: PaymentAccountId,
    /// Why, as a word: `bad_signature`, `stale`, `other_account`, ….
    pub reason: &'static str,
    /// How many were refused at this account, with this one, since the last that was told.
    pub count: u32,
}

impl Verb for RefuseNotice {
    type Answer = ();

    /// Nothing.
    fn needs(&self, _: &At<'_>, _: &mut Needs) {}

    /// Always succeeds.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let Self { account, reason, count } = self;
        let fact = NoticeRefused { account, reason: reason.to_owned(), count };
        world.record(ctx, account.id(), fact);
        Ok(())
    }
}

/// Tells that what is stored of an account cannot be read: its channel is not asked, and nothing of it is taken in.
#[derive(Debug, Clone)]
pub struct TellUnreadable {
    /// The account.
    pub account: PaymentAccountId,
}

impl Verb for TellUnreadable {
    type Answer = ();

    /// Nothing.
    fn needs(&self, _: &At<'_>, _: &mut Needs) {}

    /// Always succeeds.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let account = self.account;
        world.record(ctx, account.id(), AccountUnreadable { account });
        Ok(())
    }
}
