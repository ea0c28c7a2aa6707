//! When a notice is sent again, as each channel documents it.

use crate::channel::Channel;
use std::future::Future;
use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// WeChat Pay: fifteen times in 24 h 4 min after the first.
const WECHAT: &[u64] = &[
    15,
    15,
    30,
    3 * MINUTE,
    10 * MINUTE,
    20 * MINUTE,
    30 * MINUTE,
    30 * MINUTE,
    30 * MINUTE,
    HOUR,
    3 * HOUR,
    3 * HOUR,
    3 * HOUR,
    6 * HOUR,
    6 * HOUR,
];

/// Alipay: eight times in all within 25 h.
const ALIPAY: &[u64] = &[4 * MINUTE, 10 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 15 * HOUR];

/// Stripe documents three more times over a few hours for test keys, and no exact times.
const STRIPE: &[u64] = &[5 * MINUTE, HOUR, 3 * HOUR];

/// The pauses before each repetition.
#[derive(Clone, Copy)]
pub struct Delays {
    seconds: &'static [u64],
    faster: u32,
}

impl Delays {
    /// A channel's pauses, shortened `faster` times.
    pub fn of(channel: Channel, faster: u32) -> Self {
        let seconds = match channel {
            Channel::Wechat => WECHAT,
            Channel::Alipay => ALIPAY,
            Channel::Stripe => STRIPE,
        };
        Self { seconds, faster: faster.max(1) }
    }
}

/// Attempts it now and after each pause, until it is confirmed. Gives the number of attempts.
pub async fn deliver<F>(delays: Delays, mut attempt: impl FnMut() -> F) -> usize
where
    F: Future<Output = bool>,
{
    let mut attempts = 1;
    let mut confirmed = attempt().await;
    for seconds in delays.seconds {
        if confirmed {
            break;
        }
        tokio::time::sleep(Duration::from_secs(*seconds) / delays.faster).await;
        attempts += 1;
        confirmed = attempt().await;
    }
    attempts
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::Instant;

    async fn sent_at(channel: Channel, confirmed_at: usize) -> Vec<u64> {
        let begun = Instant::now();
        let mut times = Vec::new();
        deliver(Delays::of(channel, 1), || {
            times.push(begun.elapsed().as_secs());
            std::future::ready(times.len() == confirmed_at)
        })
        .await;
        times
    }

    #[tokio::test(start_paused = true)]
    async fn wechat_gives_up_after_a_day_and_four_minutes() {
        let times = sent_at(Channel::Wechat, usize::MAX).await;
        assert_eq!(times.len(), 16);
        assert_eq!(times[..6], [0, 15, 30, 60, 240, 840]);
        assert_eq!(times.last(), Some(&(24 * HOUR + 4 * MINUTE)));
    }

    #[tokio::test(start_paused = true)]
    async fn alipay_tries_eight_times_in_about_a_day() {
        let times = sent_at(Channel::Alipay, usize::MAX).await;
        assert_eq!(times.len(), 8);
        assert_eq!(times[..3], [0, 240, 840]);
        assert_eq!(times.last(), Some(&(24 * HOUR + 24 * MINUTE)));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_confirmed_is_not_sent_again() {
        assert_eq!(sent_at(Channel::Wechat, 1).await, [0]);
        assert_eq!(sent_at(Channel::Wechat, 3).await, [0, 15, 30]);
        assert_eq!(sent_at(Channel::Stripe, usize::MAX).await.len(), 4);
    }
}
