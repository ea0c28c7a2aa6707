//! A QR code as one SVG path, to stand inline in the page: no second request, no picture to leak.

use qrcode::{EcLevel, QrCode};
use std::fmt::Write;

/// Light modules around the code, as the standard asks.
const QUIET: usize = 4;

/// A QR code, ready for a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules on a side with the quiet zone: the viewBox.
    pub side: usize,
    /// The dark modules as path data, a run of them per command.
    pub path: String,
}

impl Qr {
    /// Encodes a text; `None` when it is longer than a QR code holds.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (y, row) in code.to_colors().chunks(width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run[0] == qrcode::Color::Dark {
                    // Writing to a string does not fail.
                    let _ = write!(path, "M{} {}h{}v1h-{2}z", x + QUIET, y + QUIET, run.len());
                }
                x += run.len();
            }
        }
        Some(Self { side: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_has_as_many_dark_modules_as_the_code() {
        let qr = Qr::of("6F7G8H9JKLMN").expect("short enough");
        let code = QrCode::with_error_correction_level("6F7G8H9JKLMN", EcLevel::M).expect("same");
        let dark = code.to_colors().iter().filter(|c| **c == qrcode::Color::Dark).count();
        let drawn: usize = qr
            .path
            .split('h')
            .skip(1)
            .step_by(2)
            .filter_map(|p| p.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!((drawn, qr.side), (dark, code.width() + 8));
    }

    #[test]
    fn a_text_that_does_not_fit_is_refused() {
        assert_eq!(Qr::of(&"码".repeat(2000)), None);
    }
}
