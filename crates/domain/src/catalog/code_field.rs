//! The fields of a SKU's codes: what its files may say about a code, in the order in which buyers read it.

use super::input::is_code;
use crate::Refusal;
use kernel::limits::{CODE_FIELD_NAME_CHARS_MAX, SKU_CODE_FIELDS_MAX};
use serde::{Deserialize, Serialize};

/// A column that says until when a code is good is no field of it.
const RESERVED: [&str; 1] = ["valid_until"];

/// A field that the codes of a SKU have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeField {
    /// What programs and files call it.
    pub code: String,
    /// What the buyer reads.
    pub name: String,
    /// Whether knowing it is as good as having the goods.
    pub secret: bool,
}

/// Order of checks: how many, then of each its code and its name. `at` is the place of the list in the body.
pub fn check_code_fields(at: &str, fields: &[CodeField]) -> Result<(), Refusal> {
    if fields.len() > SKU_CODE_FIELDS_MAX {
        return Err(Refusal::invalid(at, format!("send at most {SKU_CODE_FIELDS_MAX} fields")));
    }
    for (i, field) in fields.iter().enumerate() {
        let refuse = |name: &str, detail: &str| {
            Err(Refusal::invalid(format!("{at}[{i}].{name}"), detail.to_owned()))
        };
        let earlier = &fields[..i];
        if !is_code(&field.code) {
            return refuse("code", "send a lower-case letter, then up to 31 of a-z, 0-9 and _");
        }
        if RESERVED.contains(&field.code.as_str()) {
            return refuse("code", "valid_until is the date of a code and no field; leave it out");
        }
        if earlier.iter().any(|other| other.code == field.code) {
            return refuse("code", "an earlier field has this code");
        }
        if !is_label(&field.name) {
            return refuse("name", "send 1 to 40 characters, none of them invisible");
        }
        if earlier.iter().any(|other| other.name == field.name) {
            return refuse("name", "an earlier field has this name");
        }
    }
    Ok(())
}

/// One short line that says what it shows.
fn is_label(name: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let length = name.chars().count();
    (1..=CODE_FIELD_NAME_CHARS_MAX).contains(&length)
        && !name.trim().is_empty()
        && !name.chars().any(|c| c.is_control() || turns(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(fields: &[(&str, &str)]) -> Result<(), String> {
        let field = |(code, name): &(&str, &str)| CodeField {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            secret: true,
        };
        let fields: Vec<_> = fields.iter().map(field).collect();
        check_code_fields("sku.code_fields", &fields).map_err(|refusal| match refusal {
            Refusal::Invalid { field, .. } => field,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn fields_have_codes_and_names_of_their_own() {
        assert_eq!(check(&[]), Ok(()));
        assert_eq!(
            check(&[("account", "账号"), ("password", "密码"), ("e_2", "é".repeat(40).as_str())]),
            Ok(())
        );
        for wrong in
            ["", "-", "Account", "2fa", "_a", "a-b", "账号", "valid_until", &"a".repeat(33)]
        {
            assert_eq!(check(&[(wrong, "x")]), Err("sku.code_fields[0].code".into()), "{wrong}");
        }
        for wrong in
            ["", " ", "\u{3000}", "a\nb", "a\u{0}", "a\u{202e}b", "a\u{200b}", &"x".repeat(41)]
        {
            assert_eq!(check(&[("a", wrong)]), Err("sku.code_fields[0].name".into()), "{wrong:?}");
        }
        assert_eq!(check(&[("a", "x"), ("a", "y")]), Err("sku.code_fields[1].code".into()));
        assert_eq!(check(&[("a", "x"), ("b", "x")]), Err("sku.code_fields[1].name".into()));
        let names: Vec<String> = (0..13).map(|n| format!("f{n}")).collect();
        let many: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), n.as_str())).collect();
        assert_eq!(check(&many[..12]), Ok(()));
        assert_eq!(check(&many), Err("sku.code_fields".into()));
    }
}
