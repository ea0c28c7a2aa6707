//! Take the file of an export.

use super::link::Link;
use super::lists::Catalogue;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::context::{Actor, Origin};
use domain::export::Format;
use domain::export::download::RecordDownload;
use edge::App;
use edge::auth::{Acting, calling};
use edge::extract::At;
use edge::policy::RouteState;
use edge::problem::{ErrorCode, Problem};
use engine::EngineError;
use files::Files;
use futures_util::{Stream, stream};
use kernel::{ExportId, RequestId, Tenant};
use std::net::IpAddr;

/// Its path in the table of routes.
pub const PATH: &str = "/v1/export-files/{token}";

/// Who follows the address, in which request.
pub struct Follower {
    by: Result<Actor, Problem>,
    request: RequestId,
    address: Option<IpAddr>,
}

impl FromRequestParts<RouteState> for Follower {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        let request = parts.extensions.get::<RequestId>().copied();
        let request = request.ok_or_else(|| Problem::internal("the request has no id"))?;
        let address = door.app.settings().trusted_proxies.caller(parts);
        Ok(Self { by: calling(&door.app, parts).await, request, address })
    }
}

/// Take the file of an export by the address that the export tells. It opens to who asked alone, by his cookie or his key, for ten
/// minutes; to everybody else there is nothing. That it was taken is recorded.
#[utoipa::path(
    get, path = "/v1/export-files/{token}", tag = "exports",
    params(("token" = String, Path, description = "From `file_url` of an export.")),
    responses((status = 200, content(
        (String = "text/csv"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )))
)]
pub async fn export_file(
    State(door): State<RouteState>,
    Extension(catalogue): Extension<Catalogue>,
    follower: Follower,
    At(token): At<String>,
) -> Result<Response, Problem> {
    let app = &door.app;
    let by = follower.by.map_err(nothing_for)?;
    let (vault, now) = (app.engine().vault(), app.engine().now());
    let link = Link::read(&vault, &token, by, now).ok_or_else(nothing)?;
    let export = app.engine().reader().export(link.tenant, link.export).await?;
    let export = export.filter(|export| export.requester == by).ok_or_else(nothing)?;
    // Who may not read the list any more does not read it from a file either.
    let list = catalogue.list(&export.told.list).ok_or_else(nothing)?;
    let acting = Acting::of(app, link.tenant, by).await?.ok_or_else(nothing)?;
    let acting = if list.scope.is_of_live_book() { acting.in_live_book() } else { acting };
    acting.may(list.scope).map_err(|_| nothing())?;
    let origin = Origin {
        tenant: link.tenant,
        request: follower.request,
        actor: Some(by),
        address: follower.address,
    };
    let taken = app.engine().run(origin, RecordDownload { export: export.id }).await;
    let export = match taken {
        Err(EngineError::Refused(_)) => return Err(nothing()),
        taken => taken?,
    };
    let told = export.told;
    let (kind, ending) = match told.format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Xlsx => (codefile::WORKBOOK_MEDIA_TYPE, "xlsx"),
    };
    let run = told.run.ok_or_else(|| Problem::internal("a file that nobody wrote"))?;
    let file = (link.tenant, export.id);
    let mut answer = Response::new(Body::from_stream(parts_of(app, file, run, told.parts)));
    let headers = answer.headers_mut();
    let name = format!("attachment; filename=\"{}-{}.{ending}\"", told.list, export.id);
    for (header, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name.as_str()),
        (header::CONTENT_LENGTH, told.bytes.to_string().as_str()),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(header, HeaderValue::try_from(value).map_err(Problem::internal)?);
    }
    Ok(answer)
}

/// The parts in their order, read as fast as they are taken. An error breaks the answer off.
fn parts_of(
    app: &App,
    file: (Tenant, ExportId),
    run: String,
    count: i64,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> + use<> {
    let files: Files = app.files().clone();
    stream::try_unfold((files, run, 0), move |(files, run, number)| async move {
        if number >= count {
            return Ok(None);
        }
        let part = files.part(file, &run, number).await.map_err(std::io::Error::other)?;
        Ok(Some((part, (files, run, number + 1))))
    })
}

fn nothing() -> Problem {
    Problem::not_found("file")
}

/// Whoever may not come in is told nothing; whoever asks too often, or when we are not well, is told that.
fn nothing_for(problem: Problem) -> Problem {
    match problem.code {
        ErrorCode::RateLimited | ErrorCode::Overloaded | ErrorCode::Internal => problem,
        _ => nothing(),
    }
}
