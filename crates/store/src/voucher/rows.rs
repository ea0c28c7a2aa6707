//! Rows of vouchers and redemptions, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::context::Actor;
use domain::voucher::run::{RunState, VoucherRun};
use domain::voucher::{OnExpiry, Redemption, Token, Voucher, VoucherState, VoucherType};
use kernel::{
    Currency, OrderId, RedemptionId, SkuId, StoreId, Tenant, Timestamp, VoucherId, VoucherRunId,
};

/// `tenant, id, sku, order_id, line, counts, currency, total, remaining, price, unearned, state, valid_from, valid_until,
/// on_expiry, live, created_at, use_days, imported`
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
        use_days: row.int(17)? as u16,
        imported: row.int(18)? != 0,
    })
}

/// `tenant, id, voucher, sku, store, counts, currency, taken, remaining, earned, at, reversed_at, actor`
pub fn redemption(row: &Row) -> Result<Redemption, Error> {
    let actor = |bytes: &[u8]| Actor::from_bytes(bytes).ok_or(Error::Corrupt("an actor"));
    let by = row.maybe_bytes(12)?.map(actor);
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
        by: by.transpose()?,
    })
}

/// `tenant, voucher, digits, until`
pub fn token(row: &Row) -> Result<(Tenant, Token), Error> {
    let digits = u32::try_from(row.int(2)?).map_err(|_| Error::Corrupt("the digits of a token"))?;
    let (voucher, until) = (VoucherId(row.array(1)?), Timestamp(row.int(3)?));
    Ok((row.tenant(0)?, Token { voucher, digits, until }))
}

/// `tenant, id, sku, first, quantity, made, state, created_at, ended_at, live`
pub fn run(row: &Row) -> Result<VoucherRun, Error> {
    Ok(VoucherRun {
        tenant: row.tenant(0)?,
        id: VoucherRunId(row.array(1)?),
        sku: SkuId(row.array(2)?),
        first: VoucherId(row.array(3)?),
        quantity: row.int(4)? as u32,
        made: row.int(5)? as u32,
        state: one_of(row.int(6)?, RunState::from_number)?,
        created_at: Timestamp(row.int(7)?),
        ended_at: row.maybe_int(8)?.map(Timestamp),
        live: row.int(9)? != 0,
    })
}
