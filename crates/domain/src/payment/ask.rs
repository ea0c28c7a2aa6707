//! When a channel is asked next where a payment stands: notices get lost.

use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{PaymentId, Tenant, Timestamp};

/// The first pause, in microseconds; the pauses double.
const PAUSE_US: i64 = 5_000_000;
/// The longest pause, in microseconds: ten minutes.
const PAUSE_US_MAX: i64 = 600_000_000;
/// How long the stock of an order whose time is over waits for a channel's answer, in microseconds.
pub const STOCK_WAITS_US: i64 = 60_000_000;
/// The pause between two questions while stock waits.
const PAUSE_OF_STOCK_US: i64 = 3_000_000;

/// The work that asks the channel.
pub fn asking(tenant: Tenant, payment: PaymentId) -> WorkKey {
    WorkKey { kind: WorkKind::AskPayment, tenant, subject: payment.0 }
}

/// The work of a payment that begins now.
pub fn first(now: Timestamp, closes_at: Timestamp) -> Work {
    Work::due(now.plus_micros(PAUSE_US).min(closes_at.max(now)))
}

/// Sets the next question; nothing is asked of a payment that ended.
#[derive(Debug, Clone, Copy)]
pub struct AskAgain {
    /// Which payment.
    pub payment: PaymentId,
}

impl Verb for AskAgain {
    /// How often it was asked.
    type Answer = usize;

    /// The payment, and its work.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.payment.payments.insert((tenant, self.payment));
        needs.payment.channels.insert((tenant, self.payment));
        needs.work.keys.insert(asking(tenant, self.payment));
    }

    /// Always succeeds. The end of the order's hold is never slept through, and while stock waits it is asked often.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let key = (ctx.origin.tenant, self.payment);
        let work = asking(key.0, key.1);
        let open = world.payment.payments.get(&key).is_some_and(|it| it.state.is_open());
        let closes_at = world.payment.channels.get(&key).map(|row| row.closes_at);
        let (true, Some(closes_at)) = (open, closes_at) else {
            world.work.remove(&work);
            return Ok(0);
        };
        let Some(work) = world.work.change(&work) else { return Ok(0) };
        work.due_at = next(ctx.now, closes_at, work.attempts);
        work.lease_until = Timestamp(0);
        Ok(usize::try_from(work.attempts).unwrap_or(usize::MAX))
    }
}

fn next(now: Timestamp, closes_at: Timestamp, attempts: i64) -> Timestamp {
    let pause = (PAUSE_US << (attempts.clamp(1, 12) - 1)).min(PAUSE_US_MAX);
    let later = now.plus_micros(pause);
    if now < closes_at {
        later.min(closes_at)
    } else if now < closes_at.plus_micros(STOCK_WAITS_US) {
        now.plus_micros(PAUSE_OF_STOCK_US)
    } else {
        later
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    #[test]
    fn pauses_double_and_the_end_of_the_hold_is_not_slept_through() {
        let (now, end) = (Timestamp(0), Timestamp(900 * SECOND));
        let pauses = [1, 2, 3, 7, 8, 90].map(|n| next(now, end, n).0 / SECOND);
        assert_eq!(pauses, [5, 10, 20, 320, 600, 600]);
        assert_eq!(next(Timestamp(890 * SECOND), end, 5), end);
        assert_eq!(next(end, end, 9).0 / SECOND, 903);
        assert_eq!(next(Timestamp(960 * SECOND), end, 9).0 / SECOND, 960 + 600);
        assert_eq!(first(now, end).due_at.0 / SECOND, 5);
        assert_eq!(first(Timestamp(899 * SECOND), end).due_at, end);
    }
}
