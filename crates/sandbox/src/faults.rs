//! What a channel is told to do wrong.

use crate::channel::Channel;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a slow answer takes unless said.
const SLOW: Duration = Duration::from_secs(5);
/// How long a silent channel keeps a connection unless said; clients give up earlier.
const SILENT: Duration = Duration::from_secs(60);
/// How long notices are held back to be sent in another order unless said.
const HELD: Duration = Duration::from_secs(2);

/// What goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Nothing.
    #[default]
    None,
    /// Requests are carried out at once and answered late.
    Slow,
    /// Requests are carried out and never answered; no notice goes out.
    Silent,
    /// Requests are answered by an error of the channel and not carried out.
    #[serde(rename = "500")]
    Error,
    /// Answers and notices carry signatures over something else.
    WrongSignature,
    /// Notices get lost; the schedule goes on.
    NoNotices,
    /// Each notice comes ten times.
    Repeat,
    /// Notices are held back and sent last first.
    OutOfOrder,
    /// Refunds end abnormally.
    RefundAbnormal,
}

/// A fault of one channel.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Fault {
    /// What goes wrong.
    pub kind: Kind,
    /// How long each answer is kept, or notices are held back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
    /// When it is over by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Fault {
    /// How long an answer is kept.
    pub fn pause(&self) -> Option<Duration> {
        let otherwise = match self.kind {
            Kind::Slow => SLOW,
            Kind::Silent => SILENT,
            Kind::OutOfOrder => HELD,
            _ => return None,
        };
        Some(self.seconds.map_or(otherwise, Duration::from_secs))
    }
}

/// The fault of each channel.
#[derive(Default)]
pub struct Faults([Fault; Channel::ALL.len()]);

impl Faults {
    /// Sets the fault of a channel, or of all.
    pub fn set(&mut self, channel: Option<Channel>, fault: Fault) {
        for one in Channel::ALL {
            if channel.is_none_or(|channel| channel == one) {
                self.0[one as usize] = fault;
            }
        }
    }

    /// What is wrong with a channel now.
    pub fn of(&self, channel: Channel, now: Timestamp) -> Fault {
        let fault = self.0[channel as usize];
        if fault.until.is_some_and(|until| until <= now) { Fault::default() } else { fault }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_of_one_channel_and_ends() {
        let (now, later) = (Timestamp::UNIX_EPOCH, "1970-01-01T00:01:00Z".parse().unwrap());
        let mut faults = Faults::default();
        let fault = Fault { kind: Kind::Slow, seconds: Some(30), until: Some(later) };
        faults.set(Some(Channel::Alipay), fault);
        assert_eq!(faults.of(Channel::Alipay, now).pause(), Some(Duration::from_secs(30)));
        assert_eq!(faults.of(Channel::Wechat, now).kind, Kind::None);
        assert_eq!(faults.of(Channel::Alipay, later).kind, Kind::None);
    }

    #[test]
    fn faults_go_by_the_names_of_the_contract() {
        for name in ["slow", "silent", "500", "wrong_signature", "none"] {
            serde_json::from_value::<Kind>(name.into()).unwrap();
        }
    }
}
