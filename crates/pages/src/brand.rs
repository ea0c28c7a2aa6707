//! A merchant's colour, bent until text on it and text in it can be read (WCAG AA, 4.5 : 1).
//!
//! The hue stays the merchant's; only the lightness gives way. What a merchant saves carries white text
//! already; dark mode needs other shades of it.

pub use kernel::colour::{Colour, READABLE, contrast};

/// Below this, white on the colour would need so much darkening that the hue is lost.
const WORTH_DARKENING: f64 = 2.6;

const WHITE: Colour = Colour::WHITE;
const INK: Colour = Colour::INK;
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
