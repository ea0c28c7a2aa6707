//! Rows of vouchers and redemptions, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::voucher::{OnExpiry, Redemption, Voucher, VoucherState, VoucherType};
use kernel::{Currency, OrderId, RedemptionId, SkuId, StoreId, Timestamp, VoucherId};

/// `tenant, id, sku, order_id, line, counts, currency, total, remaining, price, unearned, state, valid_from, valid_until,
/// on_expiry, live, created_at`
pub fn voucher(row: &Row) -> Result<Voucher, Error> {
    let source = match (row.maybe_array(3)?, row.maybe_int(4)?) {
        (Some(order), Some(line)) => Some((OrderId(order), line as u32)),
        (None, None) => None,
        _ => return Err(Error::Corrupt("half a source of a voucher")),
    };
    Ok(Voucher {
        tenant: row.tenant(0)?,
        id: VoucherId(row.array(1)?),
        sku: SkuId(row.array(2)?),
        source,
        counts: one_of(row.int(5)?, VoucherType::from_number)?,
        currency: one_of(row.int(6)?, Currency::from_number)?,
        total: row.int(7)?,
        remaining: row.int(8)?,
        price: row.int(9)?,
        unearned: row.int(10)?,
        state: one_of(row.int(11)?, VoucherState::from_number)?,
        valid_from: Timestamp(row.int(12)?),
        valid_until: Timestamp(row.int(13)?),
        on_expiry: one_of(row.int(14)?, OnExpiry::from_number)?,
        live: row.int(15)? != 0,
        created_at: Timestamp(row.int(16)?),
    })
}

/// `tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at`
pub fn redemption(row: &Row) -> Result<Redemption, Error> {
    Ok(Redemption {
        tenant: row.tenant(0)?,
        id: RedemptionId(row.array(1)?),
        voucher: VoucherId(row.array(2)?),
        sku: SkuId(row.array(3)?),
        store: row.maybe_array(4)?.map(StoreId),
        counts: one_of(row.int(5)?, VoucherType::from_number)?,
        currency: one_of(row.int(6)?, Currency::from_number)?,
        taken: row.int(7)?,
        remaining: row.int(8)?,
        earned: row.int(9)?,
        at: Timestamp(row.int(10)?),
        reversed_at: row.maybe_int(11)?.map(Timestamp),
    })
}
