//! Reads the request log.

use crate::Error;
use crate::read::{LAST, Page, Reader};
use crate::seam::{Row, Value};
use domain::requests::LoggedRequest;
use kernel::id::first_at;
use kernel::{ApiKeyId, RequestId, Tenant, Timestamp};
use std::ops::Range;

/// Which requests are asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Statuses of their answers.
    pub statuses: Range<u16>,
    /// With which key they came; none for any.
    pub key: Option<ApiKeyId>,
    /// None before this time.
    pub since: Timestamp,
}

impl Reader {
    /// Requests of a book, newest first.
    pub async fn requests(
        &self,
        tenant: Tenant,
        wanted: &Wanted,
        page: Page<RequestId>,
    ) -> Result<Vec<LoggedRequest>, Error> {
        let (before, since) = (page.after.map_or(LAST, |id| id.0), first_at(wanted.since));
        let mut params = vec![
            Value::bytes(tenant.bytes()),
            Value::bytes(&before),
            Value::bytes(&since),
            Value::Int(i64::from(wanted.statuses.start)),
            Value::Int(i64::from(wanted.statuses.end)),
        ];
        let statement = match &wanted.key {
            None => &super::sql::READ_REQUESTS,
            Some(key) => {
                params.push(Value::bytes(&key.0));
                &super::sql::READ_REQUESTS_OF_KEY
            }
        };
        params.push(Value::Int(i64::from(page.limit)));
        self.many(statement, &params, request).await
    }

    /// A request of a book.
    pub async fn request(
        &self,
        tenant: Tenant,
        id: RequestId,
    ) -> Result<Option<LoggedRequest>, Error> {
        self.by_id(&super::sql::READ_REQUEST, tenant, &id.0, request).await
    }
}

/// `id, api_key, status, at, data`
fn request(row: &Row) -> Result<LoggedRequest, Error> {
    Ok(LoggedRequest {
        id: RequestId(row.array(0)?),
        key: ApiKeyId(row.array(1)?),
        status: u16::try_from(row.int(2)?).map_err(|_| Error::Corrupt("a request's status"))?,
        at: Timestamp(row.int(3)?),
        told: serde_json::from_str(row.text(4)?).map_err(|_| Error::Corrupt("a request"))?,
    })
}
