//! Secrets of resources: sealed apart from the body, which keeps a hint.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters of a secret that its hint shows.
const SHOWN_CHARS: usize = 4;
/// Shorter secrets have a hint that shows nothing.
const HINTED_CHARS_MIN: usize = 8;

/// A secret that is set, as the body keeps it. It is sent as a text and never told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SecretHint)]
pub struct Secret {
    /// Its last four characters; empty of a short one.
    pub hint: String,
}

/// The hint of a secret.
pub fn hint(clear: &str) -> String {
    // The armour of a key in PEM says nothing of it.
    let inside = clear.trim_end().rsplit_once("-----END").map_or(clear, |(inside, _)| inside);
    let clear = inside.trim_end();
    let chars = clear.chars().count();
    let shown = if chars < HINTED_CHARS_MIN { 0 } else { SHOWN_CHARS };
    clear.chars().skip(chars - shown).collect()
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn a_hint_shows_four_characters_of_what_is_long_enough() {
        for (clear, shown) in [
            ("", ""),
            ("1234567", ""),
            ("12345678", "5678"),
            (
                "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\nBgkq\n-----END PRIVATE KEY-----\n",
                "Bgkq",
            ),
            ("密钥密钥密钥密钥一二三四", "一二三四"),
        ] {
            assert_eq!(hint(clear), shown, "{clear}");
        }
    }
}
