//! A code in groups that can be read aloud over the phone.

/// The most letters that people hold in mind at once.
const GROUP_MAX: usize = 4;
/// Shorter than this a code needs no groups.
const WHOLE_MAX: usize = 5;
/// Longer than this nobody reads it aloud.
const READ_MAX: usize = 64;

/// Cuts a code into groups of four and three, never a lonely one. Put together, the groups are the code, character
/// by character: the gaps between them are style and nothing that can be copied.
///
/// Only a plain run of letters and digits is cut: what has separators of its own is grouped already, and a link, a
/// text of several lines or one with marks that combine stays whole.
pub fn groups(code: &str) -> Vec<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    let count = code.chars().count();
    if count <= WHOLE_MAX || count > READ_MAX || !code.chars().all(plain) {
        return vec![code];
    }
    let parts = count.div_ceil(GROUP_MAX);
    let (short, longer) = (count / parts, count % parts);
    let mut rest = code;
    let mut out = Vec::with_capacity(parts);
    for part in 0..parts {
        let letters = short + usize::from(part < longer);
        let end = rest.char_indices().nth(letters).map_or(rest.len(), |(at, _)| at);
        let (group, after) = rest.split_at(end);
        out.push(group);
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn codes_fall_into_groups() {
        for (code, want) in [
            ("6F7G8H9JKLMN", "6F7G 8H9J KLMN"),
            ("1234567890123456", "1234 5678 9012 3456"),
            ("1234567890", "1234 567 890"),
            ("ABCDE", "ABCDE"),
            ("ABCDEF", "ABC DEF"),
            ("ABCDEFG", "ABCD EFG"),
            ("卡密卡密卡密", "卡密卡 密卡密"),
        ] {
            assert_eq!(groups(code).join(" "), want, "{code}");
        }
    }

    #[test]
    fn what_is_no_plain_run_stays_whole() {
        for code in [
            "Ab-9-xY--Z",
            "AB CD  EF",
            "https://redeem.example/a-b",
            "line one\nline two",
            "e\u{301}e\u{301}e\u{301}e\u{301}",
            "👨\u{200d}👩\u{200d}👧👨\u{200d}👩\u{200d}👧",
            "",
            "- -",
        ] {
            assert_eq!(groups(code), [code], "{code}");
        }
    }

    #[test]
    fn nothing_is_lost_and_no_group_is_lonely() {
        for length in 6..=64 {
            let code = "7".repeat(length);
            let groups = groups(&code);
            assert_eq!(groups.concat(), code);
            assert!(groups.iter().all(|g| (3..=4).contains(&g.len())), "{groups:?}");
        }
        assert_eq!(groups(&"7".repeat(65)).len(), 1);
    }
}
