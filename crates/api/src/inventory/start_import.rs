//! Upload a code file.

use super::settings::UploadQuery;
use super::upload::Upload;
use super::views::StartedImport;
use crate::answer::{Answer, Answered};
use crate::auth::{Caller, Idempotency};
use crate::extract::{At, Query, body, media_type};
use crate::problem::Problem;
use crate::{catalog, idempotency, wire};
use axum::extract::Request;
use domain::inventory::begin_import::BeginImport;
use kernel::SkuId;
use kernel::limits::CODE_FILE_BYTES_MAX;

/// Upload a code file of at most 256 MiB. The answer is a job to follow.
///
/// A CSV file has a header line, as `number,password,valid_until`; a plain text file has a code a
/// line. Either number or password may be empty. `valid_until` is a date, which ends in the merchant's
/// zone, or RFC 3339. UTF-8 and GB 18030 are told apart. Good rows are kept when others are bad.
#[utoipa::path(
    post, path = "/v1/skus/{id}/code-imports", tag = "codes",
    params(("id" = inline(wire::SkuId), Path), UploadQuery),
    request_body(content((String = "text/csv"), (String = "text/plain"))),
    responses((status = 202, body = StartedImport))
)]
pub async fn start_import(
    caller: Caller,
    At(sku): At<SkuId>,
    Query(query): Query<UploadQuery>,
    request: Request,
) -> Answered<StartedImport> {
    let (parts, file) = request.into_parts();
    let key = idempotency::read(&parts.headers, Idempotency::Optional)?;
    let currency = catalog::currency_of(&caller, sku).await?;
    let zone = caller.reader().tenant(caller.tenant()).await?;
    let zone = zone.ok_or_else(|| Problem::not_found("merchant"))?.zone;
    let settings = query.settings(media_type(&parts.headers).as_deref(), zone)?;
    if body::declared_length(&parts.headers).is_some_and(|length| length > CODE_FILE_BYTES_MAX) {
        return Err(body::too_large(file.into_data_stream(), CODE_FILE_BYTES_MAX));
    }
    let begin = BeginImport {
        sku,
        settings,
        name: query.name.map(|name| name.0),
        supplier: query.supplier.map(|name| name.0),
        unit_cost: query.unit_cost.map(|cost| cost.unit_cost(currency)),
    };
    let upload = Upload { caller, begin, key, method: parts.method, uri: parts.uri };
    // A task of its own: when the caller goes away this handler is dropped, but what was staged must
    // still be cleared away.
    let received = tokio::spawn(upload.receive(file)).await;
    let (import, replayed) = received.map_err(Problem::internal)??;
    Ok(Answer::accepted(StartedImport::of(import)).replayed(replayed))
}
