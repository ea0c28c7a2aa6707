//! Upload a code file.

use super::settings::UploadQuery;
use super::upload::Upload;
use super::views::StartedImport;
use crate::catalog;
use axum::extract::Request;
use domain::inventory::begin_import::BeginImport;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{At, Query, body};
use edge::problem::Problem;
use edge::{Idempotency, idempotency, wire};
use kernel::SkuId;
use kernel::limits::CODE_FILE_BYTES_MAX;

/// Upload a code file of at most 256 MiB, or a workbook of at most 64 MiB. The answer is a job to follow.
///
/// A CSV file has a header line, as `number,password,valid_until` or `账号,密码,邮箱`; a plain text file has a code a
/// line. Every column reaches the buyer, labelled, but for those that are left out. `valid_until` is a date, which ends
/// in the merchant's zone, or RFC 3339. The file is looked at as a whole first: where something is not plain the import
/// ends as `needs_decision` and says what it asks; decisions open it again. Good rows are kept when others are bad.
///
/// A sheet of a workbook (.xlsx) is read like CSV, a row a line; of several sheets with rows it asks for one. Formulas, numbers with more
/// digits than a spreadsheet keeps, and dates among codes are refused by their rows.
#[utoipa::path(
    post, path = "/v1/skus/{id}/code-imports", tag = "codes",
    params(("id" = inline(wire::SkuId), Path), UploadQuery),
    request_body(content(
        (String = "text/csv"),
        (String = "text/plain"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
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
    body::refuse_encoded(&parts.headers)?;
    let settings = query.settings(body::media_type(&parts.headers).as_deref(), zone)?;
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
