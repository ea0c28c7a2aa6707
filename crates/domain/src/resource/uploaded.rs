//! Pictures that were uploaded, as fields of resources.

use kernel::FileId;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The id of a picture that was uploaded. Whether it is there, whoever keeps files knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Uploaded(pub FileId);

impl PartialSchema for Uploaded {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(format!("^{}_[0-9a-hjkmnp-tv-z]{{26}}$", FileId::PREFIX)))
            .description(Some("The id of a picture that was uploaded."))
            .into()
    }
}

impl ToSchema for Uploaded {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("UploadedPicture")
    }
}
