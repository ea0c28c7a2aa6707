//! Colours as fields of resources.

use kernel::Colour;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A colour like `#1f7a53`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HexColour(pub Colour);

impl Serialize for HexColour {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for HexColour {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let colour = Colour::parse(&String::deserialize(d)?);
        colour.map(Self).ok_or_else(|| de::Error::custom("expected a colour like `#1f7a53`"))
    }
}

impl PartialSchema for HexColour {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^#[0-9a-fA-F]{6}$"))
            .description(Some("A colour, as red, green and blue in hexadecimal."))
            .examples(["#1f7a53"])
            .into()
    }
}

impl ToSchema for HexColour {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("HexColour")
    }
}
