//! One value of a code with its label, as a buyer reads it.

use crate::reading;
use std::fmt::Write;

/// More characters are a text that is scrolled in its own box and offered as a file.
const SHOWN_WHOLE_CHARS_MAX: usize = 300;

/// A value of a code and what it is called.
#[derive(Debug, Clone)]
pub struct LabelledValue {
    /// What it is called.
    pub label: String,
    /// The value, character by character.
    pub value: String,
    /// Whether knowing it is as good as having the goods.
    pub secret: bool,
}

impl LabelledValue {
    pub(crate) fn groups(&self) -> Vec<&str> {
        reading::groups(&self.value)
    }

    /// Only a web address becomes a link; `javascript:` never does.
    pub(crate) fn is_link(&self) -> bool {
        self.value.starts_with("https://") && !self.is_text()
    }

    /// Whether it is read as a text and not as a code: it has lines, or is long.
    pub(crate) fn is_text(&self) -> bool {
        self.value.contains(['\n', '\r']) || self.is_long()
    }

    pub(crate) fn is_long(&self) -> bool {
        self.value.chars().nth(SHOWN_WHOLE_CHARS_MAX).is_some()
    }

    /// The value as HTML. Browsers read a bare carriage return as a line feed, so it is written by its number.
    pub(crate) fn as_html(&self) -> String {
        let mut html = String::with_capacity(self.value.len() + 16);
        for c in self.value.chars() {
            match c {
                '&' | '<' | '>' | '"' | '\'' | '\r' => {
                    // Writing to a string does not fail.
                    let _ = write!(html, "&#{};", u32::from(c));
                }
                c => html.push(c),
            }
        }
        html
    }
}

#[cfg(test)]
mod tests {
    use super::LabelledValue;

    fn value(value: &str) -> LabelledValue {
        LabelledValue { label: "卡密".to_owned(), value: value.to_owned(), secret: true }
    }

    #[test]
    fn lines_and_length_make_a_text() {
        let whole = "x".repeat(300);
        for (text, is_text, is_long) in [
            ("K7Q2-9XB4", false, false),
            (&*whole, false, false),
            (&*format!("{whole}码"), true, true),
            ("a\nb", true, false),
            ("a\rb", true, false),
        ] {
            assert_eq!(
                (value(text).is_text(), value(text).is_long()),
                (is_text, is_long),
                "{text}"
            );
        }
        assert!(value("https://example.com/s/1aBc").is_link());
        for no in ["http://example.com", "javascript:alert(1)", "https://a\nb"] {
            assert!(!value(no).is_link(), "{no}");
        }
    }

    #[test]
    fn html_keeps_every_character() {
        let html = value("a\r\n<b>&'\"码").as_html();
        assert_eq!(html, "a&#13;\n&#60;b&#62;&#38;&#39;&#34;码");
    }
}
