//! Yuan with two decimals, as Alipay writes money. No floats: digits become fen one by one.

/// Digits before the point at most; a trillion yuan.
const WHOLE_DIGITS_MAX: usize = 12;

/// Fen of a text such as `19.9`. Signs, spaces, exponents, a missing whole part and more than two decimals are refused.
pub fn parse(text: &str) -> Option<i64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > WHOLE_DIGITS_MAX || fraction.len() > 2 {
        return None;
    }
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    format!("{whole}{fraction:0<2}").parse().ok()
}

/// What [`parse`] reads: `19.90`. Negative amounts are never asked for.
pub fn write(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn yuan_are_read_to_the_fen() {
        for (text, fen) in [
            ("0.01", 1),
            ("19.9", 1990),
            ("19.90", 1990),
            ("7", 700),
            ("0", 0),
            ("007.10", 710),
            ("999999999999.99", 99_999_999_999_999),
        ] {
            assert_eq!(parse(text), Some(fen), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            ".",
            ".5",
            "5.",
            "1.234",
            "1.000",
            "-1",
            "+1",
            " 1",
            "1 ",
            "1,5",
            "1e3",
            "１",
            "1.2.3",
            "NaN",
            "1000000000000",
            "0x1",
            "1_0",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(fen in 0..=100_000_000_000_i64) {
            prop_assert_eq!(parse(&write(fen)), Some(fen));
        }

        #[test]
        fn any_text_is_read_without_panic(text in ".{0,24}") {
            let _ = parse(&text);
        }
    }
}
