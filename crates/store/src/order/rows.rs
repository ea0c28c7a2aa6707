//! Rows of orders, their lines and the counters of limits, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::inventory::Position;
use domain::order::{Channel, Closed, Consent, Line, Order, Visit};
use kernel::{
    BuyerId, Currency, HoldId, OrderId, PaymentId, ProductId, SkuId, Timestamp, VoucherId,
};

/// `tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at, expires_at, closed,
/// payment, link, visit, consent, consent_at`
pub fn order(row: &Row) -> Result<Order, Error> {
    Ok(Order {
        tenant: row.tenant(0)?,
        id: OrderId(row.array(1)?),
        buyer: BuyerId(row.array(2)?),
        channel: one_of(row.int(3)?, Channel::from_number)?,
        external_id: row.maybe_text(4)?.map(str::to_owned),
        currency: one_of(row.int(5)?, Currency::from_number)?,
        total: row.int(6)?,
        paid: row.int(7)?,
        refunded: row.int(8)?,
        created_at: Timestamp(row.int(9)?),
        expires_at: row.maybe_int(10)?.map(Timestamp),
        closed: row.maybe_int(11)?.map(|n| one_of(n, Closed::from_number)).transpose()?,
        payment: row.maybe_array(12)?.map(PaymentId),
        link: row.maybe_array(13)?,
        visit: row.maybe_bytes(14)?.map(visit).transpose()?,
        consent: consent(row.maybe_text(15)?, row.maybe_int(16)?)?,
    })
}

/// Text and time come together.
pub(crate) fn consent(version: Option<&str>, at: Option<i64>) -> Result<Option<Consent>, Error> {
    match (version, at) {
        (Some(version), Some(at)) => {
            Ok(Some(Consent { version: version.to_owned(), at: Timestamp(at) }))
        }
        (None, None) => Ok(None),
        _ => Err(Error::Corrupt("half a consent")),
    }
}

/// Two or three tags, one after the other.
pub(crate) fn visit(tags: &[u8]) -> Result<Visit, Error> {
    match tags.as_chunks::<16>() {
        ([address, device], []) => Ok(Visit { address: *address, device: *device, person: None }),
        ([address, device, person], []) => {
            Ok(Visit { address: *address, device: *device, person: Some(*person) })
        }
        _ => Err(Error::Corrupt("a visit")),
    }
}

/// `tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, refunded, hold,
/// codes, vouchers, content`
pub fn line(row: &Row) -> Result<Line, Error> {
    Ok(Line {
        number: row.int(2)? as u32,
        sku: SkuId(row.array(3)?),
        product: ProductId(row.array(4)?),
        product_version: row.int(5)?,
        quantity: row.int(6)? as u32,
        unit_price: row.int(7)?,
        delivered: row.int(8)? as u32,
        refunded: row.int(9)? as u32,
        hold: row.maybe_array(10)?.map(HoldId),
        codes: positions(row.bytes(11)?)?,
        vouchers: row.maybe_bytes(12)?.map_or(Ok(Vec::new()), vouchers)?,
        content: row.maybe_int(13)?.map(|number| number as u32),
    })
}

/// The ids of a line's vouchers, one after another.
fn vouchers(bytes: &[u8]) -> Result<Vec<VoucherId>, Error> {
    let (whole, rest) = bytes.as_chunks();
    let ids = || whole.iter().map(|id| VoucherId(*id)).collect();
    if rest.is_empty() { Ok(ids()) } else { Err(Error::Corrupt("a line's vouchers")) }
}

/// The positions of a line's codes, one after another.
pub fn positions(bytes: &[u8]) -> Result<Vec<Position>, Error> {
    let (whole, rest) = bytes.as_chunks();
    if rest.is_empty() { Ok(whole.to_vec()) } else { Err(Error::Corrupt("a line's codes")) }
}
