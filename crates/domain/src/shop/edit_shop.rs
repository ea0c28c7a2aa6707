//! Edit how the shop looks and speaks. What is absent stays as it is.

use super::{Bilingual, Logo, LogoFormat, SavedShop, ShopStyle};
use crate::catalog::create_product::check_name;
use crate::shop::fact::ShopEdited;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{Colour, limits};

/// Changes the shop's style. The inner `None` of a double option takes a field away.
#[derive(Debug, Clone, Default)]
pub struct EditShop {
    /// A new name, in both languages at once.
    pub name: Option<Bilingual>,
    /// A new greeting.
    pub greeting: Option<Bilingual>,
    /// A new line on how to reach a person.
    pub contact: Option<Bilingual>,
    /// A new colour.
    pub colour: Option<Option<Colour>>,
    /// A new logo.
    pub logo: Option<Option<NewLogo>>,
}

/// A picture that is to be the logo.
#[derive(Debug, Clone)]
pub struct NewLogo {
    /// The file.
    pub bytes: Vec<u8>,
    /// The start of the SHA-256 of it, in hexadecimal; the edge has made it of these bytes.
    pub hash: String,
}

impl Verb for EditShop {
    const NATURE: Nature = Nature::Configuration;
    type Answer = Box<ShopStyle>;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
    }

    /// Order of checks: merchant, texts, colour, logo.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let catalog = world.config.tenant(tenant).ok_or(Refusal::NotFound("merchant"))?;
        let before = catalog.shop.clone();
        let mut style = before.clone();
        for (field, text, stored) in [
            ("name", self.name, &mut style.name),
            ("greeting", self.greeting, &mut style.greeting),
            ("contact", self.contact, &mut style.contact),
        ] {
            if let Some(text) = text {
                for (lang, text) in text.each() {
                    check_name(&format!("{field}.{lang}"), text)?;
                }
                *stored = text;
            }
        }
        if let Some(colour) = self.colour {
            if let Some(colour) = colour {
                check_colour(colour)?;
            }
            style.colour = colour.map(|colour| colour.to_string());
        }
        let mut bytes = None;
        if let Some(logo) = self.logo {
            let logo = logo.map(|new| Ok((described(&new)?, new.bytes))).transpose()?;
            let (described, new) = logo.map_or((None, Vec::new()), |(d, new)| (Some(d), new));
            style.logo = described;
            bytes = Some(new);
        }

        style.version = world.config.next_version(tenant)?;
        world.save_shop(tenant, SavedShop { style: style.clone(), logo: bytes });
        world.record(
            ctx,
            *tenant.bytes(),
            ShopEdited { shop: style.clone(), before: Some(before) },
        );
        Ok(Box::new(style))
    }
}

/// Buttons carry white text, so that it must be readable on the colour.
fn check_colour(colour: Colour) -> Result<(), Refusal> {
    if colour.carries_white() {
        return Ok(());
    }
    let near = colour.until_readable(Colour::INK, &[Colour::WHITE]);
    let detail =
        format!("white text cannot be read on it (4.5:1 is needed); {near} is dark enough");
    Err(Refusal::invalid("colour", detail))
}

fn described(new: &NewLogo) -> Result<Logo, Refusal> {
    let format = LogoFormat::of(&new.bytes).filter(|_| new.bytes.len() <= limits::LOGO_BYTES_MAX);
    let cure = "send a PNG, JPEG or WebP picture of at most 32 KiB, in base64";
    let format = format.ok_or_else(|| Refusal::invalid("logo", cure))?;
    Ok(Logo { format, hash: new.hash.clone(), bytes: new.bytes.len() as i64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_too_bright_is_refused_with_one_that_is_not() {
        let Err(Refusal::Invalid { field, detail }) = check_colour(Colour(0xff, 0xe1, 0x4d)) else {
            panic!("lemon is too bright");
        };
        assert_eq!(field, "colour");
        let near = detail.split(' ').find_map(Colour::parse).expect("a colour that will do");
        assert!(check_colour(near).is_ok(), "{near}");
        assert!(check_colour(Colour(0x1f, 0x7a, 0x53)).is_ok());
    }

    #[test]
    fn a_logo_is_a_small_picture() {
        let logo = |bytes: Vec<u8>| described(&NewLogo { bytes, hash: "00".into() });
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.resize(limits::LOGO_BYTES_MAX, 0);
        assert_eq!(logo(png.clone()).map(|logo| logo.bytes), Ok(32_768));
        png.push(0);
        assert!(logo(png).is_err());
        assert!(logo(b"<svg/>".to_vec()).is_err());
    }
}
