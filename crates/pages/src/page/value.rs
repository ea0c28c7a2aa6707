//! A labelled value of a code, shown character by character.
//!
//! Text, selection, copy button and QR code all have one source: the text of the value's element. Nothing is put
//! between its characters; the gaps for reading are margins.

use crate::{Lang, Qr, reading};
use askama::filters::Safe;
use kernel::Timestamp;

/// More characters are a text that is scrolled in its own box and offered as a file.
const SHOWN_WHOLE_CHARS_MAX: usize = 300;

/// A part of a code, or the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What the buyer calls it.
    pub label: String,
    /// What it is, exactly.
    pub text: String,
    /// Whether knowing it is as good as having the goods.
    pub secret: bool,
}

/// A code that may be seen: its values in the order in which they are used.
#[derive(Debug, Clone)]
pub struct Code {
    /// At least one.
    pub values: Vec<Value>,
    /// Its last day.
    pub valid_until: Option<Timestamp>,
}

impl Value {
    /// A secret with a name of its own.
    pub fn named(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), secret: true }
    }

    /// A code that is one value.
    pub fn code(lang: Lang, text: impl Into<String>) -> Self {
        Self::named(lang.words().code_label, text)
    }

    /// The number of a code that has a password.
    pub fn number(lang: Lang, text: impl Into<String>) -> Self {
        Self { secret: false, ..Self::named(lang.words().number_label, text) }
    }

    /// The password beside a number.
    pub fn password(lang: Lang, text: impl Into<String>) -> Self {
        Self::named(lang.words().password_label, text)
    }

    /// The value as the content of its element.
    pub(crate) fn html(&self) -> Safe<String> {
        let mut out = String::with_capacity(self.text.len() + 48);
        match reading::groups(&self.text).as_slice() {
            [one] if self.is_link() => escape(one, &mut out),
            [one] => escape_linking(one, &mut out),
            groups => {
                for (i, group) in groups.iter().enumerate() {
                    out.push_str(if i > 0 { "<wbr><i>" } else { "<i>" });
                    escape(group, &mut out);
                    out.push_str("</i>");
                }
            }
        }
        Safe(out)
    }

    /// The same without groups, for long lists.
    pub(crate) fn bare(&self) -> Safe<String> {
        let mut out = String::with_capacity(self.text.len());
        escape(&self.text, &mut out);
        Safe(out)
    }

    pub(crate) fn qr(&self) -> Option<Qr> {
        Qr::of(&self.text)
    }

    /// Only a web address becomes a link; `javascript:` never does.
    pub(crate) fn is_link(&self) -> bool {
        self.text.starts_with("https://") && !self.text.contains(char::is_whitespace)
    }

    /// A text that is scrolled in its own box.
    pub(crate) fn is_text(&self) -> bool {
        self.text.chars().nth(SHOWN_WHOLE_CHARS_MAX).is_some()
    }

    /// Too long to be set large.
    pub(crate) fn is_long(&self) -> bool {
        self.is_link() || self.text.contains('\n') || self.text.chars().count() > 40
    }
}

/// Writes text whose web addresses lead there. An address ends where characters end that every address has.
fn escape_linking(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find("https://") {
        let (before, from) = rest.split_at(at);
        let inside = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
        let end = from.find(|c| !inside(c)).unwrap_or(from.len());
        let link = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
        escape(before, out);
        if link.len() > "https://".len() {
            out.push_str("<a href=\"");
            escape(link, out);
            out.push_str("\" rel=\"noopener noreferrer\">");
            escape(link, out);
            out.push_str("</a>");
        } else {
            escape(link, out);
        }
        rest = &from[link.len()..];
    }
    escape(rest, out);
}

/// Writes text so that a browser reads back exactly these characters: it would take a carriage return for a line
/// feed.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

impl Code {
    /// The value whose QR code is shown: the only one, or the only secret. Of several nobody knows which is meant.
    pub(crate) fn main(&self) -> Option<&Value> {
        match self.values.as_slice() {
            [only] => Some(only),
            values => {
                let mut secrets = values.iter().filter(|value| value.secret);
                secrets.next().filter(|_| secrets.next().is_none())
            }
        }
    }

    /// Whether a value is too long to be read on a page: it is offered as a file.
    pub(crate) fn has_text(&self) -> bool {
        self.values.iter().any(Value::is_text)
    }

    /// Bytes of the code in a list.
    pub(crate) fn listed_bytes(&self) -> usize {
        self.values.iter().map(|value| value.bare().0.len() + 1).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        Value::named("x", text).html().0
    }

    #[test]
    fn addresses_in_a_text_are_links_and_nothing_else_is() {
        let to = |link: &str| format!("<a href=\"{link}\" rel=\"noopener noreferrer\">{link}</a>");
        let one = to("https://a.example/s?x=1&amp;y=2");
        assert_eq!(
            html("链接：https://a.example/s?x=1&y=2，码 7rt2"),
            format!("链接：{one}，码 7rt2")
        );
        let (a, b) = (to("https://a.example/1"), to("https://b.example"));
        assert_eq!(html("(https://a.example/1). https://b.example"), format!("({a}). {b}"));
        for plain in ["javascript:alert(1) x", "http://a.example x", "https:// x"] {
            assert!(!html(plain).contains("<a"), "{plain}");
        }
        assert_eq!(html("https://a.example"), "https://a.example");
        let end = to("https://a.example/");
        assert_eq!(html("a https://a.example/\"><b>"), format!("a {end}&quot;&gt;&lt;b&gt;"));
    }

    #[test]
    fn a_value_is_its_characters() {
        assert_eq!(html("Ab-9-xY--Z"), "Ab-9-xY--Z");
        assert_eq!(html("6F7G8H9J"), "<i>6F7G</i><wbr><i>8H9J</i>");
        assert_eq!(html("<a href=\"&\">"), "&lt;a href=&quot;&amp;&quot;&gt;");
        assert_eq!(html("a  b\r\nc\td"), "a  b&#13;\nc\td");
    }

    #[test]
    fn only_web_addresses_are_links() {
        for (text, link) in [
            ("https://a.example/x", true),
            ("http://a.example/x", false),
            ("javascript:alert(1)", false),
            ("https://a.example/ x", false),
        ] {
            assert_eq!(Value::named("x", text).is_link(), link, "{text}");
        }
    }
}
