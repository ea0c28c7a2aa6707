//! Upload a picture.

use axum::extract::Request;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::body;
use edge::link::file_path;
use edge::problem::{ErrorCode, Problem};
use edge::wire::{FileId, Wire};
use files::{Format, PictureError, StoreError};
use kernel::limits::PICTURE_BYTES_MAX;
use serde::Serialize;
use utoipa::ToSchema;

/// A picture that is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct StoredFile {
    /// Its id: what a product's `picture` may name.
    pub id: FileId,
    /// Where anybody may see it, in its largest size: WebP for whoever takes it, else JPEG, or PNG where it can be seen
    /// through. With 320 or 640 in place of 1280 it is smaller.
    pub url: String,
    /// How wide the largest size is, in pixels.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// Upload a picture of at most 10 MiB and 40 megapixels as the body: PNG, JPEG or WebP. It is encoded again in three sizes,
/// of at most 320, 640 and 1280 pixels a side, and nothing else of the file is kept: no place, no camera, no text. The same
/// file gives the same id.
#[utoipa::path(
    post, path = "/v1/files", tag = "catalog",
    request_body(content((Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))),
    responses((status = 201, body = StoredFile))
)]
pub async fn upload_file(caller: Caller, request: Request) -> Answered<StoredFile> {
    let (parts, file) = request.into_parts();
    body::refuse_encoded(&parts.headers)?;
    let format = body::media_type(&parts.headers).and_then(|t| Format::of_media_type(&t));
    let format = format.ok_or_else(|| {
        let detail = "send a picture as image/png, image/jpeg or image/webp";
        Problem::new(ErrorCode::UnsupportedMediaType, detail)
    })?;
    let length = body::declared_length(&parts.headers);
    let file = body::read(file, length, PICTURE_BYTES_MAX).await?;
    let saved = caller.files().save(caller.tenant(), format, file).await.map_err(problem)?;
    let path = file_path(caller.tenant(), saved.id, files::SIZES[files::SIZES.len() - 1]);
    Ok(Answer::created(StoredFile {
        id: Wire(saved.id),
        url: format!("{}{path}", caller.settings().base_url),
        width: saved.size.0,
        height: saved.size.1,
    }))
}

fn problem(error: StoreError) -> Problem {
    match error {
        StoreError::Picture(PictureError::AnotherType) => {
            Problem::invalid("body", "send the type that the file has: its first bytes say another")
        }
        StoreError::Picture(PictureError::TooManyPixels) => {
            Problem::invalid("body", "send a picture of at most 40 megapixels")
        }
        StoreError::Picture(PictureError::Broken) => Problem::invalid(
            "body",
            "the file is broken, or something stands behind the picture; save it anew and send that",
        ),
        StoreError::Busy => {
            Problem::new(ErrorCode::Overloaded, "too many pictures come in; send it again")
        }
        StoreError::Store(_) | StoreError::Ended => Problem::internal(error),
    }
}
