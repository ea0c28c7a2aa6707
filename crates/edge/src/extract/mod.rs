//! What handlers take from a request: ids of the path, the query, and the body with its
//! idempotency key. What does not fit is refused with the name of the field.

pub mod body;
mod canonical;
mod explain;
mod if_match;

pub use explain::wrong_field;
pub use if_match::IfMatch;

use crate::approval::Kept;
use crate::idempotency::{self, Once};
use crate::pagination::LongPages;
use crate::policy::RouteState;
use crate::problem::{ErrorCode, Problem};
use crate::requests;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use kernel::limits::{JSON_BODY_BYTES_MAX, NOTICE_BODY_BYTES_MAX};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use utoipa::IntoParams;

/// The ids of the path. One that cannot be an id leads nowhere: 404.
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<RouteState> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &RouteState) -> Result<Self, Problem> {
        let found = Path::<T>::from_request_parts(parts, door).await;
        found.map(|Path(ids)| Self(ids)).map_err(|_| Problem::not_found("id"))
    }
}

/// The parameters of the query string; unknown ones are refused.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<RouteState> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &RouteState) -> Result<Self, Problem> {
        let read = || explain::query(parts.uri.query().unwrap_or("")).map(Self);
        parts.extensions.get::<LongPages>().map_or_else(read, |long| long.reading(read))
    }
}

/// The parameters of the query string of a route that shares some with others: the shared ones are `B`'s, all others `A`'s.
pub struct Queries<A, B>(pub A, pub B);

impl<A: DeserializeOwned, B: DeserializeOwned + IntoParams> FromRequestParts<RouteState>
    for Queries<A, B>
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &RouteState) -> Result<Self, Problem> {
        let shared: Vec<String> = B::into_params(|| None).into_iter().map(|p| p.name).collect();
        let sent = form_urlencoded::parse(parts.uri.query().unwrap_or("").as_bytes());
        let [mut own, mut common] =
            [(); 2].map(|()| form_urlencoded::Serializer::new(String::new()));
        for (name, value) in sent {
            let part =
                if shared.contains(&name.as_ref().to_owned()) { &mut common } else { &mut own };
            part.append_pair(&name, &value);
        }
        Ok(Self(explain::query(&own.finish())?, explain::query(&common.finish())?))
    }
}

/// The parameters of the query string, each at most once, for routes whose parameters are no fixed ones.
pub struct Pairs(pub Vec<(String, String)>);

impl FromRequestParts<RouteState> for Pairs {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &RouteState) -> Result<Self, Problem> {
        let sent = form_urlencoded::parse(parts.uri.query().unwrap_or("").as_bytes());
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in sent {
            if pairs.iter().any(|(known, _)| *known == name) {
                return Err(wrong_field("", &format!("duplicate field `{name}`")));
            }
            pairs.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(pairs))
    }
}

/// A JSON body of at most `MAX` bytes, and how a repeat of the request is known.
pub struct Ask<T, const MAX: usize = JSON_BODY_BYTES_MAX> {
    /// What is asked.
    pub body: T,
    /// How a repeat is known, if the route knows repeats and the caller sent a key.
    pub once: Option<Once>,
}

impl<T: DeserializeOwned, const MAX: usize> FromRequest<RouteState> for Ask<T, MAX> {
    type Rejection = Problem;

    async fn from_request(request: Request, door: &RouteState) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let key = idempotency::read(&parts.headers, door.access.idempotency)?;
        let typed = body::media_type(&parts.headers);
        if typed.as_deref().is_some_and(|typed| typed != "application/json") {
            return Err(not_json());
        }
        let length = body::declared_length(&parts.headers);
        let raw = body::read(body, length, MAX).await?;
        requests::tell_body(&parts, &raw);
        if !raw.is_empty() && typed.is_none() {
            return Err(not_json());
        }
        if door.access.held
            && let Some(kept) = parts.extensions.get::<Arc<Kept>>()
        {
            kept.body(&parts, &raw)?;
        }
        // No body asks for the same as an empty object.
        let body = explain::json(if raw.is_empty() { b"{}" } else { &raw })?;
        Ok(Self { body, once: key.map(|key| once(key, &parts, &raw)) })
    }
}

/// How a repeat of a request with a JSON body is known.
pub(crate) fn once(key: String, parts: &Parts, raw: &Bytes) -> Once {
    let said = canonical::text(raw);
    let once = Once::new(key, &parts.method, &parts.uri, &Sha256::digest(&said));
    match said == *raw {
        true => once,
        false => once.or_raw(&parts.method, &parts.uri, &Sha256::digest(raw)),
    }
}

/// A body whose bytes somebody signed.
pub struct Raw(pub Bytes);

impl FromRequest<RouteState> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &RouteState) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let length = body::declared_length(&parts.headers);
        body::read(body, length, NOTICE_BODY_BYTES_MAX).await.map(Self)
    }
}

/// An empty body, or an empty object.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

fn not_json() -> Problem {
    Problem::new(ErrorCode::UnsupportedMediaType, "send JSON with `Content-Type: application/json`")
}
