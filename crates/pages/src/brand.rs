//! A merchant's colour, bent until text on it and text in it can be read (WCAG AA, 4.5 : 1).
//!
//! The hue stays the merchant's; only the lightness gives way.

use std::fmt;

/// The ratio that WCAG 2 AA asks of text.
pub const READABLE: f64 = 4.5;
/// Below this, white on the colour would need so much darkening that the hue is lost.
const WORTH_DARKENING: f64 = 2.6;

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

const WHITE: Colour = Colour(255, 255, 255);
const INK: Colour = Colour(0x14, 0x16, 0x1b);
/// Cards in light and in dark mode; `base.css` has the same two.
const CARD_LIGHT: Colour = WHITE;
const CARD_DARK: Colour = Colour(0x1b, 0x1e, 0x25);

/// The colours that a page needs of a brand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brand {
    /// Behind the primary action, in light and dark.
    pub fill: Colour,
    /// Text on `fill`.
    pub on_fill: Colour,
    /// Text and lines on a light card.
    pub ink_light: Colour,
    /// Text and lines on a dark card.
    pub ink_dark: Colour,
    /// A breath of the colour behind text, light.
    pub wash_light: Colour,
    /// The same, dark.
    pub wash_dark: Colour,
}

impl Colour {
    /// Reads `#0a7f5a`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let rgb = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self(rgb[1], rgb[2], rgb[3]))
    }

    /// `percent` of the way to another colour.
    fn towards(self, other: Self, percent: u32) -> Self {
        let mix = |a: u8, b: u8| {
            let sum = u32::from(a) * (100 - percent) + u32::from(b) * percent;
            (sum / 100).min(255) as u8
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// The first step towards `goal` that can be read on every ground given.
    fn until_readable(self, goal: Self, grounds: &[Self]) -> Self {
        let reads = |c: &Self| grounds.iter().all(|ground| contrast(*c, *ground) >= READABLE);
        (0..=100).map(|percent| self.towards(goal, percent)).find(reads).unwrap_or(goal)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Brand {
    /// Every shade that the pages need, from the one colour that the merchant chose.
    pub fn of(chosen: Colour) -> Self {
        let bright = contrast(chosen, WHITE) < WORTH_DARKENING;
        let on_fill = if bright { INK } else { WHITE };
        let fill = if bright { chosen } else { chosen.until_readable(INK, &[WHITE]) };
        let wash_light = chosen.towards(CARD_LIGHT, 91);
        let wash_dark = chosen.towards(CARD_DARK, 84);
        Self {
            fill,
            on_fill,
            ink_light: chosen.until_readable(INK, &[CARD_LIGHT, wash_light]),
            ink_dark: chosen.until_readable(WHITE, &[CARD_DARK, wash_dark]),
            wash_light,
            wash_dark,
        }
    }
}

/// The contrast ratio of WCAG 2, from 1 to 21.
#[expect(clippy::float_arithmetic, reason = "light is not money")]
pub fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance as WCAG 2 defines it.
#[expect(clippy::float_arithmetic, reason = "light is not money")]
fn luminance(colour: Colour) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        // The grey and the red are the worked examples that every checker of WCAG agrees on.
        for (a, b, hundredths) in [
            ("#000000", "#ffffff", 2100),
            ("#767676", "#ffffff", 454),
            ("#ff0000", "#ffffff", 399),
            ("#123456", "#123456", 100),
        ] {
            let (a, b) = (Colour::parse(a), Colour::parse(b));
            let ratio = a.zip(b).map(|(a, b)| (contrast(a, b) * 100.0) as i32);
            assert_eq!(ratio, Some(hundredths));
        }
    }

    #[test]
    fn every_brand_can_be_read_everywhere() {
        for r in (0..=255).step_by(15) {
            for g in (0..=255).step_by(15) {
                for b in (0..=255).step_by(15) {
                    let chosen = Colour(r, g, b);
                    let brand = Brand::of(chosen);
                    for (text, ground) in [
                        (brand.on_fill, brand.fill),
                        (brand.ink_light, CARD_LIGHT),
                        (brand.ink_light, brand.wash_light),
                        (brand.ink_dark, CARD_DARK),
                        (brand.ink_dark, brand.wash_dark),
                    ] {
                        let ratio = contrast(text, ground);
                        assert!(ratio >= READABLE, "{chosen}: {text} on {ground} is {ratio}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_readable_brand_stays_as_chosen() {
        let chosen = Colour(0x0a, 0x5f, 0x43);
        assert_eq!(Brand::of(chosen).fill, chosen);
        assert_eq!(Brand::of(chosen).on_fill, WHITE);
        let lemon = Colour(0xff, 0xe1, 0x4d);
        assert_eq!((Brand::of(lemon).fill, Brand::of(lemon).on_fill), (lemon, INK));
    }

    #[test]
    fn colours_read_and_write() {
        assert_eq!(Colour::parse("#0A7f5a").map(|c| c.to_string()).as_deref(), Some("#0a7f5a"));
        for text in ["", "0a7f5a", "#0a7f5", "#0a7f5g", "#+a7f5a", "#é7f5a", "red"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }
}
