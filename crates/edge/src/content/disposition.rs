//! The header by which a browser saves a file under the name that a merchant gave it (RFC 6266).

use std::fmt::Write;

/// `attachment` with the name twice: plain for whoever knows no other, and in UTF-8 as RFC 5987 has it.
pub fn attachment(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let plain: String = name.chars().map(plain).collect();
    let mut header = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        let _ = match byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            true => write!(header, "{}", char::from(byte)),
            false => write!(header, "%{byte:02X}"),
        };
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name() {
        for (name, plain, whole) in [
            ("lesson-1.pdf", "lesson-1.pdf", "lesson-1.pdf"),
            ("€ rates", "__rates", "%E2%82%AC%20rates"),
            ("a\";x=\"b", "a__x__b", "a%22%3Bx%3D%22b"),
            ("课.zip", "_.zip", "%E8%AF%BE.zip"),
        ] {
            let header = attachment(name);
            let expected = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}");
            assert_eq!(header, expected);
        }
    }
}
