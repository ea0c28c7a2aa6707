//! Digests of rows of which there are many: equal when the journal would write them alike.

use crate::Error;
use crate::seam::Row;
use kernel::{ContentId, PaymentId, RedemptionId, RefundId, Tenant, VoucherId};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The digest of a value as the journal would write it.
pub(super) fn digest(value: &impl Serialize) -> Result<u64, Error> {
    let text = serde_json::to_vec(value).map_err(|_| Error::Corrupt("a row"))?;
    let mut hasher = DefaultHasher::new();
    hasher.write(&text);
    Ok(hasher.finish())
}

/// Takes the rows that were just folded; the newest word on each counts.
pub(super) fn take<K: Ord + Hash + Copy, V: Serialize>(
    folded: &mut BTreeMap<(Tenant, K), V>,
    told: &mut HashMap<(Tenant, K), u64>,
) -> Result<(), Error> {
    while let Some((key, row)) = folded.pop_first() {
        told.insert(key, digest(&row)?);
    }
    Ok(())
}

/// A payment's row.
pub(super) fn payment(row: &Row) -> Result<(PaymentId, u64), Error> {
    let payment = crate::payment::rows::payment(row)?;
    Ok((payment.id, digest(&payment)?))
}

/// What a payment through a channel has beside its row.
pub(super) fn channel_payment(row: &Row) -> Result<(PaymentId, u64), Error> {
    let channel = crate::payment::rows::channel_payment(row)?;
    Ok((channel.payment, digest(&channel)?))
}

/// A refund's row.
pub(super) fn refund(row: &Row) -> Result<(RefundId, u64), Error> {
    let refund = crate::refund::rows::refund(row)?;
    Ok((refund.id, digest(&refund)?))
}

/// A voucher's row.
pub(super) fn voucher(row: &Row) -> Result<(VoucherId, u64), Error> {
    let voucher = crate::voucher::rows::voucher(row)?;
    Ok((voucher.id, digest(&voucher)?))
}

/// A redemption's row.
pub(super) fn redemption(row: &Row) -> Result<(RedemptionId, u64), Error> {
    let redemption = crate::voucher::rows::redemption(row)?;
    Ok((redemption.id, digest(&redemption)?))
}

/// A version of what buyers share.
pub(super) fn content(row: &Row) -> Result<(ContentId, u64), Error> {
    let content = crate::content::rows::content(row)?;
    Ok((content.id, digest(&content)?))
}
