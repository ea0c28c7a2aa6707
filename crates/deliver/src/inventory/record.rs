//! The record of a code: its named fields as one clear text, so that one seal covers them all.
//!
//! A record of a number and a password, either of which may be missing, has the form that it always had:
//! two bytes of big-endian length of the number, the number, the password. Every other record begins with
//! `0xff 0x01`, which would be a number of 65,281 bytes or more, and says per field: flags, code, label if
//! it has its own, value. Lengths are LEB128.

use codefile::FieldValue;
pub use codefile::builtin;
use vault::Zeroizing;

/// One named value of a code, wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Field {
    /// What it is: `account`, or a word of the merchant's own.
    pub code: String,
    /// Its label at import; `None`: the built-in's own.
    pub name: Option<String>,
    /// What the buyer gets.
    pub value: Zeroizing<String>,
    /// Whether it is hidden until the buyer asks for it.
    pub secret: bool,
}

/// The language of a label that nobody gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Language {
    Chinese,
    English,
}

const VERSIONED: [u8; 2] = [0xff, 0x01];
/// Numbers from here on would begin like a versioned record.
const OLD_NUMBER_BYTES_MAX: usize = 0xff00;
const SECRET: u8 = 1;
const NAMED: u8 = 2;

impl Field {
    /// A field with the label and the secrecy that its code has by itself.
    pub fn plain(code: &str, value: &str) -> Self {
        let value = Zeroizing::new(value.to_owned());
        Self { code: code.to_owned(), name: None, value, secret: secret_by_default(code) }
    }

    fn is_plain(&self, code: &str) -> bool {
        let plain = self.name.is_none() && self.secret == secret_by_default(code);
        plain && self.code == code && !self.value.is_empty()
    }
}

impl From<FieldValue> for Field {
    fn from(read: FieldValue) -> Self {
        let name = read.name.map(|name| name.to_string());
        Self { code: read.code.to_string(), name, value: read.value, secret: read.secret }
    }
}

/// No value: it may be a secret.
impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { code, name, secret, .. } = self;
        f.debug_struct("Field")
            .field("code", code)
            .field("name", name)
            .field("secret", secret)
            .finish_non_exhaustive()
    }
}

/// The bytes that are sealed.
pub fn pack(fields: &[Field]) -> Zeroizing<Vec<u8>> {
    match old_parts(fields) {
        Some((number, password)) => pack_old(number, password),
        None => pack_versioned(fields),
    }
}

/// The fields; `None` if these bytes were never packed.
pub fn unpack(clear: &[u8]) -> Option<Vec<Field>> {
    match clear.strip_prefix(&VERSIONED) {
        Some(rest) => unpack_versioned(rest),
        None => unpack_old(clear),
    }
}

/// What old clients see: `number` and `password`; a record that has neither fills `number` with its first open field
/// and `password` with its first secret one. What is missing is empty.
pub fn number_and_password(fields: &[Field]) -> (&str, &str) {
    let first = |is: &dyn Fn(&Field) -> bool| {
        fields.iter().find(|field| is(field)).map(|field| field.value.as_str())
    };
    let (number, password) = (first(&|f| f.code == "number"), first(&|f| f.code == "password"));
    let (number, password) = match (number, password) {
        (None, None) => (first(&|f| !f.secret), first(&|f| f.secret)),
        named => named,
    };
    (number.unwrap_or(""), password.unwrap_or(""))
}

/// What a field is called where people read: its label at import, else its code's own, else the code itself. A number
/// or a password that is alone is simply the code (卡密).
pub fn label<'a>(fields: &[Field], field: &'a Field, language: Language) -> &'a str {
    if let Some(name) = &field.name {
        return name;
    }
    let alone = fields.len() == 1 && matches!(field.code.as_str(), "number" | "password");
    match (builtin(&field.code), language) {
        (Some(_), Language::Chinese) if alone => "卡密",
        (Some(_), Language::English) if alone => "Code",
        (Some(builtin), Language::Chinese) => builtin.name_zh,
        (Some(builtin), Language::English) => builtin.name_en,
        (None, _) => &field.code,
    }
}

/// The number and the password of a record that has nothing else.
fn old_parts(fields: &[Field]) -> Option<(&str, &str)> {
    let (number, password) = match fields {
        [] => ("", ""),
        [one] if one.is_plain("number") => (one.value.as_str(), ""),
        [one] if one.is_plain("password") => ("", one.value.as_str()),
        [number, password] if number.is_plain("number") && password.is_plain("password") => {
            (number.value.as_str(), password.value.as_str())
        }
        _ => return None,
    };
    (number.len() < OLD_NUMBER_BYTES_MAX).then_some((number, password))
}

fn pack_old(number: &str, password: &str) -> Zeroizing<Vec<u8>> {
    let mut clear = Zeroizing::new(Vec::with_capacity(2 + number.len() + password.len()));
    clear.extend_from_slice(&(number.len() as u16).to_be_bytes());
    clear.extend_from_slice(number.as_bytes());
    clear.extend_from_slice(password.as_bytes());
    clear
}

fn unpack_old(clear: &[u8]) -> Option<Vec<Field>> {
    let (length, rest) = clear.split_first_chunk()?;
    let length = usize::from(u16::from_be_bytes(*length));
    if length >= OLD_NUMBER_BYTES_MAX {
        return None;
    }
    let (number, password) = rest.split_at_checked(length)?;
    let parts =
        [("number", str::from_utf8(number).ok()?), ("password", str::from_utf8(password).ok()?)];
    let there = parts.into_iter().filter(|(_, value)| !value.is_empty());
    Some(there.map(|(code, value)| Field::plain(code, value)).collect())
}

fn pack_versioned(fields: &[Field]) -> Zeroizing<Vec<u8>> {
    // Room for all at once: a vector that grows leaves copies behind that nobody wipes.
    let text = |text: &str| 10 + text.len();
    let room = |field: &Field| {
        1 + text(&field.code) + field.name.as_deref().map_or(0, text) + text(&field.value)
    };
    let room = VERSIONED.len() + fields.iter().map(room).sum::<usize>();
    let mut clear = Zeroizing::new(Vec::with_capacity(room));
    clear.extend_from_slice(&VERSIONED);
    for field in fields {
        let named = if field.name.is_some() { NAMED } else { 0 };
        clear.push(named | if field.secret { SECRET } else { 0 });
        put(&mut clear, &field.code);
        field.name.iter().for_each(|name| put(&mut clear, name));
        put(&mut clear, &field.value);
    }
    clear
}

fn unpack_versioned(mut rest: &[u8]) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    while let Some((flags, after)) = rest.split_first() {
        rest = after;
        if flags & !(SECRET | NAMED) != 0 {
            return None;
        }
        let code = take(&mut rest)?.to_owned();
        let name = if flags & NAMED != 0 { Some(take(&mut rest)?.to_owned()) } else { None };
        let value = Zeroizing::new(take(&mut rest)?.to_owned());
        fields.push(Field { code, name, value, secret: flags & SECRET != 0 });
    }
    // What the old form can say is never said in this one: a record has one form.
    old_parts(&fields).is_none().then_some(fields)
}

fn put(clear: &mut Vec<u8>, text: &str) {
    let mut length = text.len();
    while length >= 0x80 {
        clear.push(length as u8 | 0x80);
        length >>= 7;
    }
    clear.push(length as u8);
    clear.extend_from_slice(text.as_bytes());
}

fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let mut length = 0_u32;
    for shift in [0, 7, 14, 21] {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        length |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            // A length has one form: no zeros in front.
            if *byte == 0 && shift > 0 {
                return None;
            }
            let (text, after) = rest.split_at_checked(length as usize)?;
            *rest = after;
            return str::from_utf8(text).ok();
        }
    }
    None
}

/// What nobody knows is a secret.
fn secret_by_default(code: &str) -> bool {
    builtin(code).is_none_or(|field| field.secret)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::seq::IndexedRandom;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha12Rng;

    fn field(code: &str, name: Option<&str>, value: &str, secret: bool) -> Field {
        let value = Zeroizing::new(value.to_owned());
        Field { code: code.to_owned(), name: name.map(str::to_owned), value, secret }
    }

    #[test]
    fn a_number_and_a_password_keep_the_bytes_they_had() {
        let check = |fields: &[(&str, &str)], bytes: &[u8]| {
            let fields: Vec<_> = fields.iter().map(|(c, v)| Field::plain(c, v)).collect();
            assert_eq!(*pack(&fields), bytes);
            assert_eq!(unpack(bytes), Some(fields));
        };
        check(&[("number", "1234"), ("password", "abcd")], b"\0\x041234abcd");
        check(&[("password", "只有")], "\0\0只有".as_bytes());
        check(&[("number", "1234")], b"\0\x041234");
        check(&[], b"\0\0");
    }

    #[test]
    fn everything_else_says_its_version_first() {
        let long = "长".repeat(16 * 1024 / 3);
        for fields in [
            vec![Field::plain("password", "a"), Field::plain("number", "b")],
            vec![field("number", Some("编号"), "1", false), Field::plain("password", "b")],
            vec![field("number", None, "1", true)],
            vec![field("password", None, "", true)],
            vec![Field::plain("account", "u1@example.com"), Field::plain("password", &long)],
            vec![Field::plain("number", &"9".repeat(OLD_NUMBER_BYTES_MAX))],
        ] {
            let clear = pack(&fields);
            assert!(clear.starts_with(&VERSIONED), "{fields:?}");
            assert_eq!(unpack(&clear), Some(fields));
        }
        let clear = pack(&[Field::plain("account", "u1"), Field::plain("password", "Pw-1")]);
        assert_eq!(*clear, b"\xff\x01\0\x07account\x02u1\x01\x08password\x04Pw-1");
    }

    #[test]
    fn bytes_that_were_never_packed_are_refused() {
        for bytes in [
            &b""[..],
            b"\0",
            b"\0\x09x",
            b"\0\x01\xff",
            b"\0\x01a\xe9",
            b"\xff\0",
            b"\xff\x01",
            b"\xff\x02\0\x01a\x01b",
            b"\xff\x01\x04\x01a\x01b",
            b"\xff\x01\0\x01a\x02b",
            b"\xff\x01\0\x01a\x81\0b",
            b"\xff\x01\0\x01a\x01\xff",
            b"\xff\x01\0\x01a\xff\xff\xff\xff\xff\xff",
            b"\xff\x01\0\x06number\x011",
        ] {
            assert_eq!(unpack(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn old_clients_see_a_number_and_a_password() {
        let check = |codes: &[&str], seen: (&str, &str)| {
            let fields: Vec<_> = codes.iter().map(|code| Field::plain(code, code)).collect();
            assert_eq!(number_and_password(&fields), seen, "{codes:?}");
        };
        check(&["number", "password"], ("number", "password"));
        check(&["account", "password"], ("", "password"));
        check(&["number", "pin"], ("number", ""));
        check(&["totp", "account", "email", "pin"], ("account", "totp"));
        check(&["link"], ("link", ""));
        check(&[], ("", ""));
    }

    #[test]
    fn a_label_is_the_importers_or_the_codes_own() {
        let both = [Field::plain("number", "1"), Field::plain("password", "a")];
        let own = [field("password", Some("激活码"), "a", true), Field::plain("my_own", "b")];
        let check = |fields: &[Field], language, want: &[&str]| {
            let labels: Vec<_> = fields.iter().map(|f| label(fields, f, language)).collect();
            assert_eq!(labels, want);
        };
        check(&both, Language::Chinese, &["卡号", "密码"]);
        check(&both, Language::English, &["Card number", "Password"]);
        check(&both[1..], Language::Chinese, &["卡密"]);
        check(&both[..1], Language::English, &["Code"]);
        check(&own, Language::English, &["激活码", "my_own"]);
    }

    #[test]
    fn a_field_in_a_log_says_no_value() {
        let text = format!("{:?}", Field::plain("password", "K7Q2-9XB4"));
        assert!(text.contains("password") && !text.contains("K7Q2"), "{text}");
    }

    fn any_field(rng: &mut ChaCha12Rng) -> Field {
        const CODES: [&str; 5] = ["number", "password", "account", "my_own_2", "totp"];
        let code = *CODES.choose(rng).expect("codes");
        let name = rng.random_ratio(1, 4).then(|| any_text(rng, 40));
        let most = if rng.random_ratio(1, 20) { 20_000 } else { 200 };
        let secret = if rng.random_ratio(1, 4) { rng.random() } else { secret_by_default(code) };
        field(code, name.as_deref(), &any_text(rng, most), secret)
    }

    fn any_text(rng: &mut ChaCha12Rng, most: usize) -> String {
        let length = rng.random_range(0..most);
        (0..length)
            .map(|_| *['a', '9', '-', '\n', '码', '\u{1f511}'].choose(rng).expect(""))
            .collect()
    }

    #[test]
    fn what_was_packed_unpacks_and_damage_never_panics() {
        let mut rng = ChaCha12Rng::seed_from_u64(10);
        for _ in 0..5_000 {
            let count = rng.random_range(0..5);
            let fields: Vec<_> = (0..count).map(|_| any_field(&mut rng)).collect();
            let mut clear = pack(&fields).to_vec();
            assert_eq!(unpack(&clear).as_ref(), Some(&fields));
            let at = rng.random_range(0..clear.len());
            clear[at] = rng.random();
            is_read_strictly(&clear);
            is_read_strictly(&clear[..at]);
        }
    }

    #[test]
    fn any_bytes_are_refused_or_are_one_records_only_form() {
        let mut rng = ChaCha12Rng::seed_from_u64(11);
        for _ in 0..100_000 {
            let mut clear = if rng.random() { VERSIONED.to_vec() } else { Vec::new() };
            let small = rng.random_range(1..=u8::MAX);
            let length = rng.random_range(0..64);
            clear.extend((0..length).map(|_| rng.random_range(0..small)));
            is_read_strictly(&clear);
        }
    }

    fn is_read_strictly(clear: &[u8]) {
        if let Some(fields) = unpack(clear) {
            assert_eq!(*pack(&fields), clear);
        }
    }
}
