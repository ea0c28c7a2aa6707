//! What a product looks like, as callers choose it.

use edge::auth::Caller;
use edge::problem::Problem;
use kernel::FileId;
use pages::picture::Drawing;
use serde::{Deserialize, Deserializer, de};
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The name of a picture that the pages have, or the id of one that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureName(pub String);

impl<'de> Deserialize<'de> for PictureName {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = String::deserialize(d)?;
        let known = Drawing::of_goods(&name).is_some() || FileId::parse(&name).is_ok();
        match known {
            true => Ok(Self(name)),
            false => Err(de::Error::custom(format_args!(
                "expected the id of an uploaded picture, or one of {}",
                names().join(", ")
            ))),
        }
    }
}

fn names() -> Vec<&'static str> {
    Drawing::goods().map(|drawing| drawing.name).collect()
}

/// Refuses a picture that the merchant did not upload.
pub async fn check(caller: &Caller, picture: Option<&PictureName>) -> Result<(), Problem> {
    check_file(caller, "picture", picture.map(|name| name.0.as_str())).await
}

/// Refuses the id of a picture that the merchant did not upload; what is no such id is not looked at.
pub async fn check_file(caller: &Caller, field: &str, id: Option<&str>) -> Result<(), Problem> {
    let Some(id) = id.and_then(|id| FileId::parse(id).ok()) else { return Ok(()) };
    match caller.files().has(caller.tenant(), id).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Problem::invalid(field, "upload the picture first: `POST /v1/files`")),
        Err(error) => Err(Problem::internal(error)),
    }
}

impl PartialSchema for PictureName {
    fn schema() -> RefOr<Schema> {
        let file = format!("{}_[0-9a-hjkmnp-tv-z]{{26}}", FileId::PREFIX);
        let pattern = format!("^({}|{file})$", names().join("|"));
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(pattern))
            .examples(["video"])
            .into()
    }
}

impl ToSchema for PictureName {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PictureName")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_one_of_ours() {
        let read = |name: &str| serde_json::from_value::<PictureName>(name.into());
        assert_eq!(read("video").ok(), Some(PictureName("video".into())));
        let uploaded = FileId([7; 16]).to_string();
        assert_eq!(read(&uploaded).ok(), Some(PictureName(uploaded)));
        for wrong in ["", "fil_x", "logo-shop", "https://example.com/a.svg", "Video"] {
            let error = read(wrong).expect_err(wrong).to_string();
            assert!(error.contains("video") && !error.contains("example"), "{error}");
        }
    }
}
