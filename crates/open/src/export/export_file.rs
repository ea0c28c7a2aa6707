//! Take the file of an export.

use super::lists::Catalogue;
use crate::file_link::{Link, Target};
use crate::follower::{Follower, nothing};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::export::Format;
use domain::export::download::RecordDownload;
use edge::App;
use edge::auth::Acting;
use edge::extract::At;
use edge::policy::RouteState;
use edge::problem::Problem;
use engine::EngineError;
use files::{Files, Parts};
use futures_util::{Stream, stream};

/// Its path in the table of routes.
pub const PATH: &str = "/v1/export-files/{token}";

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
    let by = follower.by()?;
    let (vault, now) = (app.engine().vault(), app.engine().now());
    let link = Link::read(&vault, &token, by, now).ok_or_else(nothing)?;
    let Target::Export(export) = link.to else { return Err(nothing()) };
    let export = app.engine().reader().export(link.tenant, export).await?;
    let export = export.filter(|export| export.requester == by).ok_or_else(nothing)?;
    // Who may not read the list any more does not read it from a file either.
    let list = catalogue.list(&export.told.list).ok_or_else(nothing)?;
    let acting = Acting::of(app, link.tenant, by).await?.ok_or_else(nothing)?;
    let acting = if list.scope.is_of_live_book() { acting.in_live_book() } else { acting };
    acting.may(list.scope).map_err(|_| nothing())?;
    let origin = follower.origin(link.tenant, by);
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
    let parts = Parts::of_run(link.tenant, export.id, &run);
    let mut answer = Response::new(Body::from_stream(in_order(app, parts, told.parts)));
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
fn in_order(
    app: &App,
    parts: Parts,
    count: i64,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> + use<> {
    let files: Files = app.files().clone();
    stream::try_unfold((files, parts, 0), move |(files, parts, number)| async move {
        if number >= count {
            return Ok(None);
        }
        let part = files.part(&parts, number).await.map_err(std::io::Error::other)?;
        Ok(Some((part, (files, parts, number + 1))))
    })
}
