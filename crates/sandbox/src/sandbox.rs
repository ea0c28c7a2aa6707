//! What all parts of the sandbox share.

use crate::channel::Channel;
use crate::clock::Clock;
use crate::faults::{Fault, Faults, Kind};
use crate::merchant::{Merchant, MerchantAccounts};
use crate::notice::{Attempt, Notice};
use crate::payments::Payments;
use crate::{stripe, wechat};
use jiff::Timestamp;
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How a sandbox behaves, beside its faults.
#[derive(Clone)]
pub struct Pace {
    /// The wall clock.
    pub clock: Clock,
    /// How long WeChat Pay works on a refund.
    pub refund_takes: Duration,
    /// How many times faster than documented notices are repeated.
    pub notices_faster: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { clock: Clock::system(), refund_takes: Duration::from_secs(1), notices_faster: 1 }
    }
}

/// A running sandbox.
pub struct Sandbox {
    /// Where it is reached, without a path.
    pub origin: String,
    /// How it behaves.
    pub pace: Pace,
    /// Its merchants.
    pub merchants: Vec<Merchant>,
    /// Their payments.
    pub payments: Mutex<Payments>,
    /// What goes wrong.
    pub faults: Mutex<Faults>,
    /// What WeChat remembers of requests and of people.
    pub wechat: Mutex<wechat::Memory>,
    /// What Stripe remembers beside payments.
    pub stripe: Mutex<stripe::Memory>,
    /// Attempts to give notice, the latest last.
    pub attempts: Mutex<VecDeque<Attempt>>,
    /// Notices that wait for later ones to overtake them.
    pub held: Mutex<Vec<Notice>>,
    /// Posts notices.
    pub client: reqwest::Client,
    /// Becomes true when the sandbox ends.
    pub ended: watch::Sender<bool>,
}

impl Sandbox {
    /// A sandbox at an origin.
    ///
    /// # Errors
    /// If one of the accounts holds a key that is none.
    pub fn new(
        origin: String,
        pace: Pace,
        accounts: Vec<MerchantAccounts>,
    ) -> anyhow::Result<Arc<Self>> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .http1_title_case_headers()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(crate::notice::PATIENCE)
            .build()?;
        let merchants: Vec<Merchant> =
            accounts.into_iter().map(Merchant::new).collect::<anyhow::Result<_>>()?;
        Ok(Arc::new(Self {
            origin,
            pace,
            merchants,
            payments: Mutex::default(),
            faults: Mutex::default(),
            wechat: Mutex::default(),
            stripe: Mutex::default(),
            attempts: Mutex::default(),
            held: Mutex::default(),
            client,
            ended: watch::Sender::new(false),
        }))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.pace.clock.now()
    }

    /// What is wrong with a channel now.
    pub fn fault(&self, channel: Channel) -> Fault {
        self.faults.lock().of(channel, self.now())
    }

    /// What a channel signs when it means `message`: the same, unless it is told to sign wrongly.
    pub fn to_be_signed(&self, channel: Channel, mut message: Vec<u8>) -> Vec<u8> {
        if self.fault(channel).kind == Kind::WrongSignature {
            message.extend_from_slice(b"something else");
        }
        message
    }

    /// Does something in the background until the sandbox ends.
    pub fn spawn(self: &Arc<Self>, work: impl Future<Output = ()> + Send + 'static) {
        let mut ended = self.ended.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                _ = ended.wait_for(|ended| *ended) => {}
                () = work => {}
            }
        });
    }
}
