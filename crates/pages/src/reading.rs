//! A code in groups that can be read aloud over the phone.

/// The most letters that people hold in mind at once.
const GROUP_MAX: usize = 4;
/// Shorter than this a code needs no groups.
const WHOLE_MAX: usize = 5;

/// Cuts a code into groups of four and three, never a lonely one; its own dashes and spaces win.
///
/// A link stays whole: nobody reads it aloud. Put together, the groups are the code without its separators.
pub fn groups(code: &str) -> Vec<&str> {
    if code.contains("://") {
        return vec![code];
    }
    let own: Vec<&str> = code.split(['-', ' ']).filter(|part| !part.is_empty()).collect();
    if own.len() > 1 {
        return own;
    }
    let Some(code) = own.first() else { return Vec::new() };
    even(code)
}

fn even(code: &str) -> Vec<&str> {
    let count = code.chars().count();
    if count <= WHOLE_MAX {
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
            ("1234567890", "1234 123 123"),
            ("ABCDE", "ABCDE"),
            ("ABCDEF", "ABC DEF"),
            ("ABCDEFG", "ABCD EFG"),
            ("AB-CDEFG-H", "AB CDEFG H"),
            ("卡密卡密卡密", "卡密卡 密卡密"),
            ("https://redeem.example/a-b", "https://redeem.example/a-b"),
            ("", ""),
            ("- -", ""),
        ] {
            let lengths =
                |text: &str| text.split(' ').map(|g| g.chars().count()).collect::<Vec<_>>();
            assert_eq!(lengths(&groups(code).join(" ")), lengths(want), "{code}");
        }
    }

    #[test]
    fn nothing_is_lost_and_no_group_is_lonely() {
        for length in 6..200 {
            let code = "7".repeat(length);
            let groups = groups(&code);
            assert_eq!(groups.concat(), code);
            assert!(groups.iter().all(|g| (3..=4).contains(&g.len())), "{groups:?}");
        }
    }
}
