//! The shop's style as callers send it.

use super::logo;
use super::views::ShopText;
use crate::catalog::present;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::shop::Bilingual;
use domain::shop::edit_shop::{EditShop, NewLogo};
use edge::problem::Problem;
use kernel::{Colour, limits::LOGO_BYTES_MAX};
use serde::{Deserialize, Deserializer, de};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A change of the shop's style. What is absent stays; null takes away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopChange {
    /// What buyers call it, in both languages at once; null: the merchant's name.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<ShopText>)]
    pub name: Option<Option<ShopText>>,
    /// One line of greeting or notice under the name, in both languages at once.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<ShopText>)]
    pub greeting: Option<Option<ShopText>>,
    /// How to reach a person, in both languages at once.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<ShopText>)]
    pub contact: Option<Option<ShopText>>,
    /// The colour of the primary action; null: one that is drawn for the merchant.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<HexColour>)]
    pub colour: Option<Option<HexColour>>,
    /// The logo: a square PNG, JPEG or WebP picture of at most 32 KiB and 2048 pixels a side, in base64. It is kept at
    /// no more than 256 pixels.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<LogoFile>)]
    pub logo: Option<Option<LogoFile>>,
}

/// A colour like `#1f7a53`.
#[derive(Debug, Clone, Copy)]
pub struct HexColour(Colour);

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

/// The bytes of a picture, written in base64.
#[derive(Debug)]
pub struct LogoFile(Vec<u8>);

impl<'de> Deserialize<'de> for LogoFile {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let bytes = STANDARD.decode(String::deserialize(d)?);
        bytes.map(Self).map_err(|_| de::Error::custom("expected a file in base64"))
    }
}

impl PartialSchema for LogoFile {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Byte)))
            .max_length(Some(LOGO_BYTES_MAX.div_ceil(3) * 4))
            .description(Some("A PNG, JPEG or WebP picture in base64."))
            .into()
    }
}

impl ToSchema for LogoFile {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("LogoFile")
    }
}

impl LogoFile {
    fn into_domain(self) -> Result<NewLogo, Problem> {
        let cure =
            "send a PNG, JPEG or WebP picture of at most 32 KiB and 2048 pixels a side, in base64";
        let bytes = logo::kept(&self.0).ok_or_else(|| Problem::invalid("logo", cure))?;
        let digest = Sha256::digest(&bytes);
        let hash = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(NewLogo { bytes, hash })
    }
}

impl ShopChange {
    /// The command. A logo is decoded, which takes a while: not on a thread that serves.
    pub fn into_domain(self) -> Result<EditShop, Problem> {
        let change = self;
        let text = |text: Option<Option<ShopText>>| {
            text.map(|text| text.map_or_else(Bilingual::default, Bilingual::from))
        };
        Ok(EditShop {
            name: text(change.name),
            greeting: text(change.greeting),
            contact: text(change.contact),
            colour: change.colour.map(|colour| colour.map(|colour| colour.0)),
            logo: change
                .logo
                .map(|logo| logo.map(LogoFile::into_domain).transpose())
                .transpose()?,
        })
    }
}
