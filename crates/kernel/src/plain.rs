//! Text that says what it shows: no direction marks, and nothing that nobody can see.
//!
//! A mark of direction makes a price or a name read backwards, an invisible character makes two names look the same.
//! Three invisible characters belong to writing and stay where Unicode joins with them: ZWJ and ZWNJ between letters
//! of scripts that join and between the parts of an emoji, and the selector FE0F behind what can be an emoji.

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';
const EMOJI_STYLE: char = '\u{fe0f}';

/// Whether a text has no character that is out of place because nobody sees it.
pub fn is_plain(text: &str) -> bool {
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let fits = match c {
            ZWJ => joins(before, rest.peek().copied()),
            ZWNJ => parts(before, rest.peek().copied()),
            EMOJI_STYLE => before.is_some_and(|c| is_emoji(c) || is_keycap(c)),
            c => !is_invisible(c),
        };
        if !fits {
            return false;
        }
        // The style of an emoji is no part of what is joined.
        if c != EMOJI_STYLE {
            before = Some(c);
        }
    }
    true
}

/// Whether a text can name something or somebody: it is plain, and more than space.
pub fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && is_plain(text) && !text.chars().any(char::is_control)
}

fn joins(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (Some(before), _) if is_virama(before) => true,
        (Some(before), Some(after)) => {
            let of_emoji = (is_emoji(before) || is_skin(before)) && is_emoji(after);
            of_emoji || (is_joining(before) && is_joining(after))
        }
        _ => false,
    }
}

fn parts(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => {
            is_virama(before) || (is_joining(before) && is_joining(after))
        }
        _ => false,
    }
}

/// Direction marks, what Unicode calls default ignorable, fillers, line separators, and what is no character.
fn is_invisible(c: char) -> bool {
    let number = u32::from(c);
    matches!(number,
        0xad | 0x34f | 0x61c | 0x115f..=0x1160 | 0x17b4..=0x17b5 | 0x180b..=0x180f
        | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0x2800 | 0x3164
        | 0xfdd0..=0xfdef | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfffb
        | 0x13430..=0x1345f | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
        || number & 0xfffe == 0xfffe
}

/// What follows it becomes a half form with a joiner, or none with a non-joiner.
fn is_virama(c: char) -> bool {
    matches!(
        u32::from(c),
        0x94d
            | 0x9cd
            | 0xa4d
            | 0xacd
            | 0xb4d
            | 0xbcd
            | 0xc4d
            | 0xccd
            | 0xd4d
            | 0xdca
            | 0xf84
            | 0x1039
            | 0x17d2
            | 0x1b44
            | 0x1bab
            | 0xa9c0
            | 0x11046
            | 0x110b9
    )
}

/// Letters and marks of scripts whose letters join: Arabic, Syriac, N'Ko, those of India, Mongolian.
fn is_joining(c: char) -> bool {
    matches!(u32::from(c),
        0x620..=0x6ff | 0x700..=0x77f | 0x7ca..=0x7fa | 0x840..=0x8ff | 0x900..=0xdff
        | 0x1000..=0x109f | 0x1780..=0x17d3 | 0x1820..=0x18aa | 0xfb50..=0xfbff)
}

/// What can be shown as a picture.
fn is_emoji(c: char) -> bool {
    matches!(u32::from(c),
        0xa9 | 0xae | 0x203c | 0x2049 | 0x2122 | 0x2139 | 0x2194..=0x21aa | 0x231a..=0x23ff
        | 0x24c2 | 0x25aa..=0x25fe | 0x2600..=0x27bf | 0x2934..=0x2935 | 0x2b05..=0x2b55
        | 0x3030 | 0x303d | 0x3297 | 0x3299 | 0x1f000..=0x1f3fa | 0x1f400..=0x1faff)
}

fn is_skin(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_keycap(c: char) -> bool {
    matches!(c, '0'..='9' | '#' | '*') || is_skin(c)
}

#[cfg(test)]
mod tests {
    use super::{is_name, is_plain};

    #[test]
    fn what_people_write_is_plain() {
        for text in [
            "",
            "月卡 19.90 元\u{3000}全新",
            "👨\u{200d}👩\u{200d}👧",
            "👩🏽\u{200d}💻 and ❤\u{fe0f}\u{200d}🔥 and 1\u{fe0f}\u{20e3}",
            "🏳\u{fe0f}\u{200d}🌈",
            "می\u{200c}خواهم",
            "क\u{94d}\u{200d}ष क\u{94d}\u{200c}ष",
            "ශ\u{dca}\u{200d}රී",
            "בית שלום, e\u{301}",
            "☎\u{fe0f} 12",
        ] {
            assert!(is_plain(text), "{text:?}");
        }
    }

    #[test]
    fn what_nobody_sees_is_not() {
        for c in "\u{202e}\u{202a}\u{2066}\u{2069}\u{200e}\u{200f}\u{61c}\u{200b}\u{2060}\u{feff}\u{ad}\u{3164}\
                  \u{ffa0}\u{115f}\u{34f}\u{180e}\u{2028}\u{e0041}\u{e0100}\u{fe00}\u{2800}\u{ffff}\u{fff9}"
            .chars()
        {
            assert!(!is_plain(&format!("a{c}b")), "{c:?}");
        }
        for text in [
            "a\u{200d}b",
            "\u{200d}",
            "月\u{200c}卡",
            "a\u{fe0f}",
            "\u{fe0f}",
            "👨\u{200d}",
            "👨\u{200d}\u{200d}👩",
            "👨\u{200c}👩",
            "می\u{200c}",
        ] {
            assert!(!is_plain(text), "{text:?}");
        }
    }

    #[test]
    fn a_name_is_more_than_space() {
        assert!(is_name(" a "));
        for text in ["", " ", "\u{3000}\u{a0}", "\u{200b}", "a\u{0}"] {
            assert!(!is_name(text), "{text:?}");
        }
    }
}
