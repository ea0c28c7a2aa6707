//! Rows of what buyers share, as the rules know them.

use crate::Error;
use crate::seam::Row;
use domain::content::Content;
use domain::context::Actor;
use kernel::{ContentId, SkuId, Timestamp};

/// `tenant, id, sku, number, note, file_bytes, actor, created_at, sealed`
pub fn content(row: &Row) -> Result<Content, Error> {
    Ok(Content { sealed: row.bytes(8)?.to_vec(), ..version(row)? })
}

/// The same without what is sealed.
pub fn version(row: &Row) -> Result<Content, Error> {
    let actor = |bytes| Actor::from_bytes(bytes).ok_or(Error::Corrupt("an actor"));
    Ok(Content {
        tenant: row.tenant(0)?,
        id: ContentId(row.array(1)?),
        sku: SkuId(row.array(2)?),
        number: row.int(3)? as u32,
        note: row.maybe_text(4)?.map(str::to_owned),
        file_bytes: row.maybe_int(5)?,
        by: row.maybe_bytes(6)?.map(actor).transpose()?,
        created_at: Timestamp(row.int(7)?),
        sealed: Vec::new(),
    })
}
