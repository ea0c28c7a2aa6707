//! What a page's handler takes from a request, within limits; what does not fit is a problem, never a panic.

use crate::site::Site;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use edge::extract::body;
use edge::problem::{ErrorCode, Problem};
use kernel::limits::FORM_BODY_BYTES_MAX;
use serde::de::DeserializeOwned;

/// The parts of the path. A path that cannot be read leads nowhere.
pub struct Here<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Site> for Here<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let found = Path::<T>::from_request_parts(parts, site).await;
        found.map(|Path(found)| Self(found)).map_err(|_| Problem::not_found("page"))
    }
}

/// The query of a page. What it does not know is passed over: links get decorated on their way.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Site> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Problem> {
        read(parts.uri.query().unwrap_or("").as_bytes()).map(Self)
    }
}

/// A form as browsers send it.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Site> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Site) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let typed = body::media_type(&parts.headers);
        if typed.is_some_and(|typed| typed != "application/x-www-form-urlencoded") {
            return Err(Problem::new(ErrorCode::UnsupportedMediaType, "send a form"));
        }
        let length = body::declared_length(&parts.headers);
        read(&body::read(body, length, FORM_BODY_BYTES_MAX).await?).map(Self)
    }
}

fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    serde_urlencoded::from_bytes(text).map_err(|error| Problem::invalid("form", error.to_string()))
}
