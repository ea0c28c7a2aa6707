//! The shop's style as callers see it.

use domain::resource::{Row, Uploaded, registry};
use domain::shop::{Bilingual, ShopStyle};
use edge::auth::Caller;
use edge::link::{SHARED_SIZE, file_path, logo_path, shop_path};
use edge::problem::Problem;
use edge::wire::{FileId, LogoFormat, Name, Wire};
use serde::Serialize;
use utoipa::ToSchema;

/// How a shop looks and speaks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Shop {
    /// Grows with every edit; 0 before the first one. Its `ETag`.
    pub version: i64,
    /// Where buyers find it.
    pub url: String,
    /// What buyers call it; the merchant's name where both are null.
    pub name: ShopText,
    /// One line of greeting or notice under the name.
    pub greeting: ShopText,
    /// How to reach a person.
    pub contact: ShopText,
    /// The colour of the primary action; null: one that is drawn for the merchant.
    pub colour: Option<String>,
    /// The logo; null: one of ours.
    pub logo: Option<ShopLogo>,
    /// The picture beside links to the shop, as `POST /v1/files` named it; null: one of ours.
    pub share: Option<ShopShare>,
}

/// A text in the two languages of the pages. Where one is null, the other stands in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopText {
    /// In Chinese.
    pub zh: Option<Name>,
    /// In English.
    pub en: Option<Name>,
}

/// The picture beside links.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopShare {
    /// Its id.
    pub id: FileId,
    /// Where it is served.
    pub url: String,
}

/// A logo.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopLogo {
    /// Where it is served; another logo has another address.
    pub url: String,
    /// What kind of picture it is.
    pub format: LogoFormat,
    /// How many bytes it has.
    pub bytes: i64,
}

impl Shop {
    /// The shop of a caller.
    pub fn of(caller: &Caller, row: &Row) -> Result<Self, Problem> {
        let style = registry::of::<ShopStyle>().typed::<ShopStyle>(row);
        let style = style.ok_or_else(|| Problem::internal("a stored style is none"))?;
        let base = &caller.settings().base_url;
        let whole = |path: String| format!("{base}{path}");
        let logo = style.logo.as_ref().map(|logo| ShopLogo {
            url: whole(logo_path(caller.tenant(), logo)),
            format: Wire(logo.format),
            bytes: logo.bytes,
        });
        let share = style.share.map(|Uploaded(id)| ShopShare {
            id: Wire(id),
            url: whole(file_path(caller.tenant(), id, SHARED_SIZE)),
        });
        Ok(Self {
            version: row.version,
            url: whole(shop_path(caller.tenant())),
            name: ShopText::from(&style.name),
            greeting: ShopText::from(&style.greeting),
            contact: ShopText::from(&style.contact),
            colour: style.colour.map(|colour| colour.0.to_string()),
            logo,
            share,
        })
    }
}

impl From<&Bilingual> for ShopText {
    fn from(text: &Bilingual) -> Self {
        Self { zh: text.zh.clone().map(Name), en: text.en.clone().map(Name) }
    }
}
