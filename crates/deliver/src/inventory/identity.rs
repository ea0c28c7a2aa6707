//! What makes two codes the same, and what makes one look like another.
//!
//! Two codes are the same when the sequence of their values is, character by character; names of fields and dates do not
//! count. A code looks like another when its folded values equal the other's, or when it has the other's long secret
//! and nothing says that the secret is somebody else's (an account, an e-mail, a link). A record that holds a link is
//! never folded: links differ by case.

use super::record::{Field, number_and_password};
use codefile::{Kind, builtin};
use domain::inventory::Code;
use domain::inventory::identity::{ClaimTag, Identity, LookupTag};
use kernel::{Id16, Tenant};
use vault::{Place, Vault, VaultError, Zeroizing};

/// A secret of fewer characters says nothing: many cards have the PIN 1234.
const SECRET_CHARS_MIN: usize = 8;

/// What a code is known by. Fields are in the order of the record, and none is empty.
pub fn identity(vault: &Vault, tenant: Tenant, fields: &[Field]) -> Identity {
    let values: Vec<&str> = fields.iter().map(|field| field.value.as_str()).collect();
    let fold = |value: &str| match values.iter().any(|value| value.contains("://")) {
        true => Zeroizing::new(value.to_owned()),
        false => fold(value),
    };
    let folded: Vec<Zeroizing<String>> = values.iter().map(|value| fold(value)).collect();
    let whole: Vec<&str> = folded.iter().map(|value| value.as_str()).collect();
    let lookup = |value: &str| vault.lookup_tag(tenant, &fold_lookup(value));
    let first = lookup(values.first().copied().unwrap_or_default());
    let mut alike = vec![claim_tag(first, vault.alike_tag(tenant, &whole))];
    let whose: Vec<&str> =
        fields.iter().filter(|f| says_whose(f)).map(|f| f.value.as_str()).collect();
    for (field, folded) in fields.iter().zip(&folded) {
        if field.secret && !says_whose(field) && field.value.chars().count() >= SECRET_CHARS_MIN {
            let mut parts = whose.clone();
            parts.push(folded);
            let tag = claim_tag(lookup(&field.value), vault.alike_tag(tenant, &parts));
            if !alike.contains(&tag) {
                alike.push(tag);
            }
        }
    }
    let by = looked_up_by(fields);
    let lookups = Some(lookup(by)).filter(|tag| *tag != first).into_iter().collect();
    let exact = vault.exact_tag(tenant, &values);
    Identity {
        exact,
        own: claim_tag(first, exact),
        alike,
        lookups,
        before: vault.code_tag(tenant, &self::fold(by)),
    }
}

fn claim_tag(first: LookupTag, tag: Id16) -> ClaimTag {
    let mut claim = [0; 24];
    claim[..8].copy_from_slice(&first);
    claim[8..].copy_from_slice(&tag);
    claim
}

/// The value by which a code is asked for: its number, else its password.
pub fn looked_up_by(fields: &[Field]) -> &str {
    match number_and_password(fields) {
        ("", password) => password,
        (number, _) => number,
    }
}

/// A value of which only the look counts, for lookups. Links keep their case.
pub fn fold_lookup(value: &str) -> Zeroizing<String> {
    if value.contains("://") { Zeroizing::new(value.to_owned()) } else { fold(value) }
}

/// Opens a code.
pub fn open(vault: &Vault, code: &Code) -> Result<Vec<Field>, VaultError> {
    let place = Place { tenant: code.tenant, table: "codes", row: &code.tag, column: "sealed" };
    let clear = vault.unseal(&place, &code.sealed)?;
    super::record::unpack(&clear).ok_or(VaultError::Damaged)
}

fn says_whose(field: &Field) -> bool {
    let kind = builtin(&field.code).map(|field| field.kind);
    matches!(kind, Some(Kind::Account | Kind::Email | Kind::Link))
}

/// Without spaces and hyphens, full-width characters as ASCII, in capitals. What is nothing then stays as it was.
pub fn fold(text: &str) -> Zeroizing<String> {
    // Capitals may be longer, and a string that grows would leave a copy behind.
    let mut plain = Zeroizing::new(String::with_capacity(3 * text.len()));
    for c in text.chars().map(half_width) {
        if c.is_ascii() {
            if !matches!(c, '-' | ' ') {
                plain.push(c.to_ascii_uppercase());
            }
        } else if !c.is_whitespace() && !is_hyphen(c) {
            plain.extend(c.to_uppercase());
        }
    }
    if plain.is_empty() {
        plain.push_str(text);
    }
    plain
}

/// `Ａ` → `A`; the ideographic space is white space already.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use vault::MasterKey;

    fn fields(record: &str) -> Vec<Field> {
        let fields = record.split(';').map(|field| field.split_once('=').expect("code=value"));
        fields.map(|(code, value)| Field::plain(code, value)).collect()
    }

    /// `same`, `alike` or `-`, as the second record is to the first.
    fn check(first: &str, second: &str, expected: &str) {
        let master =
            MasterKey::parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").expect("a key");
        let (vault, _) = Vault::create(&master).expect("keys");
        let tenant = Tenant::from_bytes([2; 16]);
        let of = |record: &str| identity(&vault, tenant, &fields(record));
        let (a, b) = (of(first), of(second));
        let alike = a.alike.iter().any(|tag| b.alike.contains(tag));
        let found = match (a.exact == b.exact, alike) {
            (true, true) => "same",
            (false, true) => "alike",
            (_, false) => "-",
        };
        assert_eq!(found, expected, "{first} {second}");
    }

    #[test]
    fn the_same_is_the_same_character_by_character() {
        check("password=Ab-9", "password=Ab-9", "same");
        check("number=Ab-9", "password=Ab-9", "same");
        check("account=a;password=b", "number=a;password=b", "same");
        check("number=ab;password=c", "number=a;password=bc", "-");
    }

    #[test]
    fn what_folds_to_the_same_is_a_doubt() {
        check("password=abcd-EFGH 1234", "password=ABCDEFGH1234", "alike");
        check("password=ＡＢ１２－ｃ３", "password=AB12C3", "alike");
        check("password=ab\u{3000}cd\u{2014}ef\u{2212}g", "password=ABCDEFG", "alike");
        check("number=n1;password=ab", "number=N1;password=AB", "alike");
        check("link=https://x.test/s/1aBcDeF", "link=https://x.test/s/1AbCdEf", "-");
        check("password=https://x.test/s/1abc-def", "password=https://x.test/s/1aBcDeF", "-");
        check("password=- -", "password=--", "-");
    }

    #[test]
    fn a_long_secret_under_another_number_is_a_doubt() {
        check("number=1;password=KEY-777-1", "number=2;password=KEY-777-1", "alike");
        check("number=1;password=KEY-777-1", "number=2;password=key7771x", "-");
        check("number=1;password=KEY-777-1", "password=key-777-1", "alike");
        check("number=1;password=1234", "number=2;password=1234", "-");
        check(
            "number=Windows 10 Pro;password=AAAAA-00001",
            "number=Windows 10 Pro;password=AAAAA-00002",
            "-",
        );
        check("account=a;password=Tiger-88888", "account=b;password=Tiger-88888", "-");
        check("email=a@x.test;password=Tiger-88888", "email=b@x.test;password=Tiger-88888", "-");
        check(
            "number=1;account=a;password=Tiger-88888",
            "number=2;account=a;password=Tiger-88888",
            "alike",
        );
        check(
            "link=https://x.test/1;extract_code=Tiger-88888",
            "link=https://x.test/2;extract_code=Tiger-88888",
            "-",
        );
    }
}
