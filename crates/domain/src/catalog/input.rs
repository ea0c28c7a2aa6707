//! What a product asks of its buyer: a few fields, each of a kind that says which values it takes.
//!
//! Kinds are a closed set in place of patterns: nobody writes an expression that runs for ever, the page knows the
//! keyboard, and each kind says in words what it wants.

use super::create_product::check_name;
use crate::Refusal;
use kernel::limits::{INPUT_CHARS_MAX, INPUT_CODE_CHARS_MAX, PRODUCT_INPUTS_MAX};
use kernel::plain::is_plain;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Which values a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// One line of anything.
    Text,
    /// A mobile number of the mainland, or `+` and a number of any country.
    Phone,
    /// A mail address.
    Email,
    /// A QQ number.
    Qq,
    /// Digits alone, such as the number of an account.
    Digits,
}

/// A field that a product asks its buyer to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputField {
    /// What programs call it.
    pub code: String,
    /// What the buyer reads.
    pub name: String,
    /// An example or a rule, beside the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Which values it takes.
    pub kind: InputKind,
    /// Whether it must be filled in.
    pub required: bool,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<InputWords>,
}

/// A field's words in another language; what is absent is read as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputWords {
    /// What the buyer reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An example or a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl InputKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Text, Self::Phone, Self::Email, Self::Qq, Self::Digits];

    /// The value that was typed, without what people put into it for reading; none if it is not of this kind.
    pub fn read(self, typed: &str) -> Option<String> {
        let value = match self {
            Self::Text | Self::Email => typed.trim().to_owned(),
            Self::Phone | Self::Qq | Self::Digits => {
                typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
            }
        };
        let good = (1..=INPUT_CHARS_MAX).contains(&value.chars().count())
            && !value.chars().any(char::is_control)
            && is_plain(&value)
            && match self {
                Self::Text => true,
                Self::Phone => is_phone(&value),
                Self::Email => is_email(&value),
                Self::Qq => is_number(&value, 5..=11) && !value.starts_with('0'),
                Self::Digits => is_number(&value, 1..=32),
            };
        good.then_some(value)
    }

    /// What it wants, for programs.
    pub fn wants(self) -> &'static str {
        match self {
            Self::Text => "send 1 to 200 characters without control or invisible characters",
            Self::Phone => "send a phone number: 11 digits, or + and 7 to 15 digits",
            Self::Email => "send a mail address",
            Self::Qq => "send a QQ number: 5 to 11 digits",
            Self::Digits => "send 1 to 32 digits",
        }
    }
}

fn is_number(value: &str, digits: RangeInclusive<usize>) -> bool {
    digits.contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_phone(value: &str) -> bool {
    match value.strip_prefix('+') {
        Some(number) => is_number(number, 7..=15),
        None => is_number(value, 11..=11) && value.starts_with('1'),
    }
}

/// The shape that every mail address has; whether somebody reads it nobody knows before he answers.
fn is_email(value: &str) -> bool {
    let Some((user, host)) = value.rsplit_once('@') else { return false };
    let visible = value.bytes().all(|byte| byte.is_ascii_graphic());
    let parts = host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty());
    let host = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    visible && !user.is_empty() && !user.contains('@') && parts && host
}

/// A value of which enough is shown to know it again, and not enough to use it.
pub fn masked(value: &str) -> String {
    if let Some((user, host)) = value.rsplit_once('@') {
        return format!("{}@{host}", masked(user));
    }
    let chars: Vec<char> = value.chars().collect();
    let shown = (chars.len() / 3).min(3);
    // Of a phone number people know the last four digits.
    let (head, tail) = (shown, if chars.len() > 10 { 4 } else { shown });
    let part = |chars: &[char]| chars.iter().collect::<String>();
    format!("{}****{}", part(&chars[..head]), part(&chars[chars.len() - tail..]))
}

/// Order of checks: how many, then of each its code, name, hint and English words.
pub fn check_fields(fields: &[InputField]) -> Result<(), Refusal> {
    if fields.len() > PRODUCT_INPUTS_MAX {
        return Err(Refusal::invalid("input", format!("send at most {PRODUCT_INPUTS_MAX} fields")));
    }
    for (i, field) in fields.iter().enumerate() {
        let at = |name: &str| format!("input[{i}].{name}");
        if !is_code(&field.code) {
            let detail = "send a lower-case letter, then up to 31 of a-z, 0-9 and _";
            return Err(Refusal::invalid(at("code"), detail));
        }
        if fields[..i].iter().any(|earlier| earlier.code == field.code) {
            return Err(Refusal::invalid(at("code"), "an earlier field has this code"));
        }
        check_name(&at("name"), &field.name)?;
        let words = field.en.as_ref();
        let english = |of: fn(&InputWords) -> Option<&String>| words.and_then(of);
        for (name, text) in [
            ("hint", field.hint.as_ref()),
            ("en.name", english(|words| words.name.as_ref())),
            ("en.hint", english(|words| words.hint.as_ref())),
        ] {
            text.map_or(Ok(()), |text| check_name(&at(name), text))?;
        }
    }
    Ok(())
}

/// A code can stand in a form's field and in JSON as it is.
pub(super) fn is_code(code: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    code.starts_with(|first: char| first.is_ascii_lowercase())
        && code.len() <= INPUT_CODE_CHARS_MAX
        && code.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_reads_what_people_type() {
        let long = "x".repeat(201);
        for (kind, typed, read) in [
            (InputKind::Text, " 生日快乐 ", Some("生日快乐")),
            (InputKind::Text, " ", None),
            (InputKind::Text, "a\nb", None),
            (InputKind::Text, &long, None),
            (InputKind::Phone, "138-0013 8000", Some("13800138000")),
            (InputKind::Phone, "+44 20 7946 0018", Some("+442079460018")),
            (InputKind::Phone, "1380013800", None),
            (InputKind::Phone, "23800138000", None),
            (InputKind::Phone, "１３８００１３８０００", None),
            (InputKind::Email, " li@example.com ", Some("li@example.com")),
            (InputKind::Email, "li@example", None),
            (InputKind::Email, "li@exa mple.com", None),
            (InputKind::Email, "@example.com", None),
            (InputKind::Email, "a@b@example.com", None),
            (InputKind::Email, "li@.com", None),
            (InputKind::Qq, "10001", Some("10001")),
            (InputKind::Qq, "01000", None),
            (InputKind::Qq, "1000", None),
            (InputKind::Digits, "0012 3456", Some("00123456")),
            (InputKind::Digits, "12a", None),
        ] {
            assert_eq!(kind.read(typed).as_deref(), read, "{kind:?} {typed:?}");
        }
    }

    #[test]
    fn a_masked_value_is_known_again_and_cannot_be_used() {
        for (value, shown) in [
            ("13800138000", "138****8000"),
            ("li.lei@example.com", "li****ei@example.com"),
            ("生日快乐", "生****乐"),
            ("ab", "****"),
            ("", "****"),
        ] {
            assert_eq!(masked(value), shown);
        }
    }

    #[test]
    fn fields_have_codes_of_their_own() {
        let field = |code: &str| InputField {
            code: code.to_owned(),
            name: "手机号".to_owned(),
            hint: None,
            kind: InputKind::Phone,
            required: true,
            en: None,
        };
        let check = |codes: &[&str]| {
            let fields: Vec<InputField> = codes.iter().map(|code| field(code)).collect();
            check_fields(&fields).map_err(|refusal| match refusal {
                Refusal::Invalid { field, .. } => field,
                other => panic!("{other:?}"),
            })
        };
        assert_eq!(check(&["phone", "account_2"]), Ok(()));
        for wrong in ["", "Phone", "2phone", "_p", "p-p", "手机", &"p".repeat(33)] {
            assert_eq!(check(&[wrong]), Err("input[0].code".to_owned()), "{wrong}");
        }
        assert_eq!(check(&["phone", "phone"]), Err("input[1].code".to_owned()));
        assert_eq!(check(&["a", "b", "c", "d", "e", "f", "g"]), Err("input".to_owned()));
        let hint = Some(String::new());
        let bare = InputField { hint, ..field("a") };
        assert!(check_fields(&[bare]).is_err());
    }
}
