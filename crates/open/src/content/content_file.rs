//! Take a file that buyers share by its address.

use crate::file_link::{Link, Target};
use crate::follower::{Follower, nothing};
use axum::extract::State;
use axum::response::Response;
use domain::content::Content;
use domain::identity::Scope;
use edge::App;
use edge::auth::Acting;
use edge::content::{Shared, open};
use edge::extract::At;
use edge::policy::RouteState;
use edge::problem::Problem;

/// Take a file that buyers share by the address that revealing tells, which also recorded it. It opens to who asked alone, by his
/// cookie or his key, for ten minutes and as long as he may reveal; to everybody else there is nothing, and nothing once an order
/// was refunded.
#[utoipa::path(
    get, path = "/v1/content-files/{token}", tag = "content",
    params(("token" = String, Path, description = "From `url` of a revealed file.")),
    responses((status = 200, content((Vec<u8> = "application/octet-stream"))))
)]
pub async fn content_file(
    State(door): State<RouteState>,
    follower: Follower,
    At(token): At<String>,
) -> Result<Response, Problem> {
    let (app, by) = (&door.app, follower.by()?);
    let (vault, now) = (app.engine().vault(), app.engine().now());
    let link = Link::read(&vault, &token, by, now).ok_or_else(nothing)?;
    let acting = Acting::of(app, link.tenant, by).await?.ok_or_else(nothing)?;
    acting.may(Scope::CodesReveal).map_err(|_| nothing())?;
    let content = led_to(app, &link).await?.ok_or_else(nothing)?;
    let vault = app.engine().vault_for([&content.sealed[..]]).await;
    match open(&vault, &content)? {
        Some(Shared::File(file)) => file.download(app.files()).await,
        Some(Shared::Text(_)) => Err(nothing()),
        None => Err(Problem::internal("the head of a file is damaged")),
    }
}

/// The version that an address leads to.
async fn led_to(app: &App, link: &Link) -> Result<Option<Content>, Problem> {
    let (reader, tenant) = (app.engine().reader(), link.tenant);
    match link.to {
        Target::Export(_) => Ok(None),
        Target::Version(content) => Ok(reader.content(tenant, content).await?),
        Target::Line(order, number) => {
            let lines = reader.order(tenant, order).await?.map_or(Vec::new(), |view| view.lines);
            let line = lines.iter().find(|line| line.number == number && line.content.is_some());
            let Some(line) = line else { return Ok(None) };
            Ok(reader.newest_content(tenant, line.sku).await?)
        }
    }
}
