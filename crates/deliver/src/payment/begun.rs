//! What the test channel was told of the payments that were begun through this process.
//!
//! A provider knows what is due since a payment was begun with it, and does not ask us before it acts. It lies in memory,
//! as much as fits: what was forgotten, or begun through another process, is read from the row.

use domain::payment::Payment;
use domain::payment::test_channel::Due;
use kernel::{PaymentId, Tenant};
use lru::LruCache;
use parking_lot::Mutex;
use std::num::NonZeroUsize;

/// When so many payments are remembered, the oldest is forgotten; they take about two MiB.
const BEGUN_MAX: NonZeroUsize = NonZeroUsize::new(10_000).expect("it is more than none");

/// The payments that were begun and that the channel has done nothing with.
pub struct Begun(Mutex<LruCache<(Tenant, PaymentId), Due>>);

impl Default for Begun {
    fn default() -> Self {
        Self::holding(BEGUN_MAX)
    }
}

impl Begun {
    fn holding(max: NonZeroUsize) -> Self {
        Self(Mutex::new(LruCache::new(max)))
    }

    /// Remembers a payment that was just begun, if it is the test channel's.
    pub fn remember(&self, payment: &Payment) {
        if let Some(due) = Due::of(payment) {
            self.0.lock().put(due.key(), due);
        }
    }

    /// Takes out what is due for a payment of a tenant.
    pub fn take(&self, tenant: Tenant, id: PaymentId) -> Option<Due> {
        self.0.lock().pop(&(tenant, id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::payment::{Goal, PayMethod, PaymentState};
    use kernel::{Currency, MerchantId, Mode, OrderId, Timestamp};

    fn tenant(merchant: u8, mode: Mode) -> Tenant {
        Tenant::new(MerchantId([merchant; 16]), mode)
    }

    fn payment(id: u8, tenant: Tenant, method: PayMethod) -> Payment {
        Payment {
            id: PaymentId([id; 16]),
            tenant,
            goal: Goal::Order(OrderId([9; 16])),
            method,
            currency: Currency::Cny,
            amount: 1_000,
            state: PaymentState::Pending,
            channel_number: None,
            created_at: Timestamp(0),
            ended_at: None,
        }
    }

    #[test]
    fn a_payment_is_taken_once_and_by_its_own_tenant() {
        let (begun, shop) = (Begun::default(), tenant(2, Mode::Test));
        let one = payment(1, shop, PayMethod::Test);
        begun.remember(&one);
        for other in [tenant(4, Mode::Test), tenant(2, Mode::Live)] {
            assert_eq!(begun.take(other, one.id), None);
        }
        assert_eq!(begun.take(shop, one.id), Due::of(&one));
        assert_eq!(begun.take(shop, one.id), None);
    }

    #[test]
    fn only_what_is_the_test_channels_is_remembered() {
        let begun = Begun::default();
        for (mode, method) in [(Mode::Test, PayMethod::Wallet), (Mode::Live, PayMethod::Test)] {
            begun.remember(&payment(1, tenant(2, mode), method));
            assert_eq!(
                begun.take(tenant(2, mode), PaymentId([1; 16])),
                None,
                "{mode:?} {method:?}"
            );
        }
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let (begun, shop) =
            (Begun::holding(NonZeroUsize::MIN.saturating_add(1)), tenant(2, Mode::Test));
        for id in 1..=3 {
            begun.remember(&payment(id, shop, PayMethod::Test));
        }
        let kept = [1, 2, 3].map(|id| begun.take(shop, PaymentId([id; 16])).is_some());
        assert_eq!(kept, [false, true, true]);
    }
}
