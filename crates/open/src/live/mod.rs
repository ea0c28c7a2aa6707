//! Events: what happened in a book, told at once to whoever listens, as far as he may read it.
//!
//! A connection hears the journal behind a number, and each event has its number, so one that broke goes on exactly
//! where it was. All that listen to a book share one reader ([`book`]); a connection is a number and its rights
//! ([`stream`]).

mod audience;
mod book;
mod stream;
mod table;

use audience::Audience;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use book::Books;
use edge::auth::Listener;
use edge::extract::Query;
use edge::listen::Stopping;
use edge::policy::RouteState;
use edge::problem::{ErrorCode, Problem};
use edge::wire::{MerchantId, Mode};
use serde::Deserialize;
use std::sync::Arc;
use stream::Listening;
use utoipa::IntoParams;

/// The number after which a browser that comes again goes on.
const LAST_EVENT_ID: &str = "last-event-id";

/// Who listens to which books.
#[derive(Clone, Default)]
pub struct Live {
    books: Arc<Books>,
    audience: Arc<Audience>,
}

/// Whose book is listened to, and from where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Listen {
    /// For which merchant a person acts, as `X-Tessera-Merchant` elsewhere; a key's own when absent.
    #[param(inline)]
    merchant: Option<MerchantId>,
    /// In which mode, as `X-Tessera-Mode` elsewhere.
    #[param(inline)]
    mode: Option<Mode>,
    /// The id of the last event that was heard; the header `Last-Event-ID` goes before it.
    #[param(minimum = 0)]
    last_event_id: Option<i64>,
}

/// Listen to what happens, as server-sent events.
///
/// An event is named after what it is about (`order`, `payment`, `product`, `import` …); its data are `kind`, the kind of fact as
/// in the journal, and `id`, the id of what it is about, nothing else. Only what the caller's scopes read is told. The event's id
/// is the number in the journal: with `Last-Event-ID` a connection goes on exactly behind it, without it begins now. Every 15
/// seconds without news a comment comes. The stream ends when the caller may not listen any more, when he has more than four,
/// the oldest first, and when the program ends. Any scope will do.
#[utoipa::path(
    get, path = "/v1/events", tag = "journal",
    params(
        Listen,
        ("Last-Event-ID" = Option<i64>, Header, description = "The id of the last event that was heard."),
    ),
    responses((status = 200, body = String, content_type = "text/event-stream"))
)]
pub async fn follow_events(
    State(door): State<RouteState>,
    Extension(live): Extension<Live>,
    Query(asked): Query<Listen>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let wanted = last_event_id(&parts.headers)?.or(asked.last_event_id);
    if wanted.is_some_and(|wanted| wanted < 0) {
        return Err(wrong_number("last_event_id"));
    }
    let stop = parts.extensions.get::<Stopping>().map(|stopping| stopping.0.clone());
    let stop = stop.ok_or_else(|| Problem::internal("nobody tells when the program ends"))?;
    let place = (asked.merchant.map(|merchant| merchant.0), asked.mode.map(|mode| mode.0));
    let listener = Listener::open(door.app, parts, place).await?;
    let seat = live.audience.seat(listener.actor());
    let seat = seat.ok_or_else(|| {
        Problem::new(ErrorCode::Overloaded, "too many connections listen; come again later")
    })?;
    let book = live.books.open(listener.engine(), listener.tenant());
    let head = listener.engine().reader().journal_head(listener.tenant()).await?;
    // A number that is not there yet is of another book, or of a database that was lost: from now on.
    let after = wanted.map_or(head, |wanted| wanted.min(head));
    let pieces = Listening::new(listener, book, seat, stop, after).pieces();
    let mut answer = Response::new(Body::from_stream(pieces));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A proxy hands each event on as it comes.
    let buffering = HeaderName::from_static("x-accel-buffering");
    headers.insert(buffering, HeaderValue::from_static("no"));
    Ok(answer)
}

fn last_event_id(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(sent) = headers.get(LAST_EVENT_ID) else { return Ok(None) };
    let number = sent.to_str().ok().and_then(|text| text.parse().ok());
    number.filter(|number| *number >= 0).map(Some).ok_or_else(|| wrong_number("Last-Event-ID"))
}

fn wrong_number(field: &str) -> Problem {
    Problem::invalid(field, "send the id of an event that was heard")
}
