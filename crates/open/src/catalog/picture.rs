//! What a product looks like, as callers choose it.

use pages::picture::Drawing;
use serde::{Deserialize, Deserializer, de};
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The name of a picture that the pages have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureName(pub String);

impl<'de> Deserialize<'de> for PictureName {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = String::deserialize(d)?;
        match Drawing::of_goods(&name) {
            Some(_) => Ok(Self(name)),
            None => Err(de::Error::custom(format_args!(
                "expected one of {}",
                Drawing::goods().map(|drawing| drawing.name).collect::<Vec<_>>().join(", ")
            ))),
        }
    }
}

impl PartialSchema for PictureName {
    fn schema() -> RefOr<Schema> {
        let names: Vec<&str> = Drawing::goods().map(|drawing| drawing.name).collect();
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
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
        for wrong in ["", "logo-shop", "https://example.com/a.svg", "Video"] {
            let error = read(wrong).expect_err(wrong).to_string();
            assert!(error.contains("video") && !error.contains("example"), "{error}");
        }
    }
}
