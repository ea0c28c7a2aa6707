//! The template of a SKU's vouchers: what they are worth, how long, where, and what becomes of what is left.

use super::VoucherType;
use super::hours::{self, Hours};
use super::store::Store;
use crate::catalog::SkuTerms;
use crate::resource::Ref;
use crate::{Refusal, World};
use kernel::{FOREVER, Money, StoreId, Tenant, Timestamp, limits};
use serde::{Deserialize, Serialize};

/// Uses that a voucher has at most.
pub const USES_MAX: u32 = 10_000;
/// Days that a voucher is valid at most.
pub const DAYS_MAX: u16 = 3_650;
/// Stores that a template names at most.
pub const STORES_MAX: usize = 500;

/// What a merchant sets on the vouchers of a SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherTerms {
    /// What one is worth.
    #[serde(flatten)]
    pub worth: Worth,
    /// When one is redeemed; at any time when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// Where; in every store when none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stores: Vec<StoreId>,
    /// On which days and at which hours of the merchant's zone; always when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// From which bill on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_spend: Option<Money>,
    /// How it is shown to be redeemed.
    #[serde(default)]
    pub present: Present,
    /// What becomes of what is left when its time is over.
    #[serde(default)]
    pub on_expiry: OnExpiry,
}

/// What a voucher is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Worth {
    /// So many uses.
    Count {
        /// How many.
        uses: u32,
    },
    /// So much money, redeemed in parts.
    Amount {
        /// How much, in the currency of the price.
        amount: Money,
    },
}

/// When a voucher is redeemed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Validity {
    /// Within so many days of its delivery.
    Days {
        /// Days of 24 hours.
        days: u16,
    },
    /// Within so many days of its first use.
    FirstUse {
        /// Days of 24 hours.
        days_after_first_use: u16,
    },
    /// From one time until another.
    Between {
        /// From this time on.
        from: Timestamp,
        /// Before this time.
        until: Timestamp,
    },
}

/// How a voucher is shown to be redeemed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Present {
    /// By its code.
    #[default]
    Code,
    /// By a token that lives a minute and is used once; the code is never shown.
    Live,
    /// By a code that the merchant brought in a file. The SKU has a stock of them.
    Imported,
}

/// What becomes of what is left of a voucher when its time is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnExpiry {
    /// The buyer gets his money back.
    #[default]
    Refund,
    /// The merchant keeps it.
    Forfeit,
    /// It is valid for so many days more, once; then the merchant keeps it.
    Extend(u16),
}

impl OnExpiry {
    /// What the store writes.
    pub fn number(self) -> i64 {
        match self {
            Self::Refund => -1,
            Self::Forfeit => 0,
            Self::Extend(days) => i64::from(days),
        }
    }

    /// Reads what the store wrote.
    pub fn from_number(number: i64) -> Option<Self> {
        match number {
            -1 => Some(Self::Refund),
            0 => Some(Self::Forfeit),
            days => u16::try_from(days).ok().map(Self::Extend),
        }
    }
}

impl Worth {
    /// What is counted.
    pub fn counts(self) -> VoucherType {
        match self {
            Self::Count { .. } => VoucherType::Count,
            Self::Amount { .. } => VoucherType::Amount,
        }
    }

    /// How much: uses, or ledger units.
    pub fn total(self) -> i64 {
        match self {
            Self::Count { uses } => i64::from(uses),
            Self::Amount { amount } => amount.to_ledger().unwrap_or(i64::MAX),
        }
    }
}

impl VoucherTerms {
    /// From when until when one is valid that is delivered now.
    pub fn window(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        match self.validity {
            None => (now, FOREVER),
            Some(Validity::Days { days }) => (now, now.plus_days(i64::from(days))),
            Some(Validity::FirstUse { .. }) => (now, FOREVER),
            Some(Validity::Between { from, until }) => (from, until),
        }
    }

    /// For how many days one is valid from its first use on; 0 when that moves nothing.
    pub fn use_days(&self) -> u16 {
        match self.validity {
            Some(Validity::FirstUse { days_after_first_use }) => days_after_first_use,
            _ => 0,
        }
    }

    /// Before when none expires that is delivered now or later.
    pub fn earliest_end(&self, now: Timestamp) -> Timestamp {
        match self.use_days() {
            0 => self.window(now).1,
            days => now.plus_days(i64::from(days)),
        }
    }
}

/// Order of checks: worth, validity, hours, the least bill, stores, what becomes of the rest. `at` is the place of the SKU in the body.
pub fn check(at: &str, sku: &SkuTerms, terms: &VoucherTerms) -> Result<(), Refusal> {
    let of = |field: &str| format!("{at}.{field}");
    match terms.worth {
        Worth::Count { uses } if !(1..=USES_MAX).contains(&uses) => {
            return Err(Refusal::invalid(of("voucher.uses"), format!("send 1 to {USES_MAX}")));
        }
        Worth::Amount { amount } if amount.currency != sku.price.currency => {
            let detail = "send an amount in the currency of the price";
            return Err(Refusal::invalid(of("voucher.amount.currency"), detail));
        }
        Worth::Amount { amount } if !(1..=limits::AMOUNT_MINOR_MAX).contains(&amount.amount) => {
            return Err(Refusal::invalid(of("voucher.amount.amount"), "send 1 to 100000000000"));
        }
        _ => {}
    }
    match terms.validity {
        Some(Validity::Days { days }) if !(1..=DAYS_MAX).contains(&days) => {
            return Err(Refusal::invalid(of("validity.days"), format!("send 1 to {DAYS_MAX}")));
        }
        Some(Validity::FirstUse { days_after_first_use: days })
            if !(1..=DAYS_MAX).contains(&days) =>
        {
            let detail = format!("send 1 to {DAYS_MAX}");
            return Err(Refusal::invalid(of("validity.days_after_first_use"), detail));
        }
        Some(Validity::Between { from, until }) if from >= until => {
            return Err(Refusal::invalid(of("validity.until"), "send a time after `from`"));
        }
        _ => {}
    }
    hours::check(&of("hours"), &terms.hours)?;
    match terms.min_spend {
        Some(least) if least.currency != sku.price.currency => {
            let detail = "send an amount in the currency of the price";
            return Err(Refusal::invalid(of("min_spend.currency"), detail));
        }
        Some(least) if !(1..=limits::AMOUNT_MINOR_MAX).contains(&least.amount) => {
            return Err(Refusal::invalid(of("min_spend.amount"), "send 1 to 100000000000"));
        }
        _ => {}
    }
    if terms.stores.len() > STORES_MAX {
        return Err(Refusal::invalid(of("stores"), format!("send at most {STORES_MAX} stores")));
    }
    match terms.on_expiry {
        OnExpiry::Extend(days) if !(1..=DAYS_MAX).contains(&days) => {
            Err(Refusal::invalid(of("on_expiry.extend"), format!("send 1 to {DAYS_MAX}")))
        }
        _ => Ok(()),
    }
}

/// The stores that a template names are there.
pub fn check_stores(
    at: &str,
    world: &World,
    tenant: Tenant,
    terms: &SkuTerms,
) -> Result<(), Refusal> {
    let stores = terms.voucher.iter().flat_map(|voucher| &voucher.stores);
    for (i, store) in stores.enumerate() {
        if find_store(world, tenant, *store).is_none() {
            let detail = "there is no such store";
            return Err(Refusal::invalid(format!("{at}.stores[{i}]"), detail));
        }
    }
    Ok(())
}

/// A store that is not archived.
pub fn find_store(world: &World, tenant: Tenant, store: StoreId) -> Option<&Store> {
    world.config.tenant(tenant)?.resource(Ref::<Store>::new(store.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_reads_as_it_is_written() {
        for text in [
            r#"{"type":"count","uses":3,"present":"code","on_expiry":"refund"}"#,
            r#"{"type":"amount","amount":{"amount":10000,"currency":"CNY"},"validity":{"days":30},"present":"live","on_expiry":{"extend":7}}"#,
            r#"{"type":"count","uses":9,"validity":{"days_after_first_use":30},"hours":[{"days":[6,7],"from":"10:00","until":"24:00"}],"min_spend":{"amount":5000,"currency":"CNY"},"present":"code","on_expiry":"refund"}"#,
            r#"{"type":"count","uses":1,"validity":{"from":"2026-01-01T00:00:00Z","until":"2026-02-01T00:00:00Z"},"present":"code","on_expiry":"forfeit"}"#,
        ] {
            let terms: VoucherTerms = serde_json::from_str(text).expect(text);
            assert_eq!(serde_json::to_string(&terms).expect("it is written"), text);
        }
        for rule in [OnExpiry::Refund, OnExpiry::Forfeit, OnExpiry::Extend(30)] {
            assert_eq!(OnExpiry::from_number(rule.number()), Some(rule));
        }
        assert_eq!(OnExpiry::from_number(-2), None);
    }
}
