//! What a JSON body says, written in one way: members sorted, strings decoded, numbers as they were written.
//!
//! Two bodies that say the same have one text, whatever their spaces, escapes and order of members. A number is never
//! read, so that no two amounts can meet in a float; `1` and `1.0` are different bodies.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The text of a body; the body itself where it is not JSON. No body says the same as an empty object.
pub fn text(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let written = match serde_json::from_slice::<&RawValue>(raw) {
        Ok(value) => write(value, &mut out),
        Err(_) if raw.is_empty() => return b"{}".to_vec(),
        Err(error) => Err(error),
    };
    if written.is_err() { raw.to_vec() } else { out }
}

fn write(value: &RawValue, out: &mut Vec<u8>) -> serde_json::Result<()> {
    match value.get().as_bytes().first() {
        Some(b'{') => {
            let Members(mut members) = serde_json::from_str(value.get())?;
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            list(b"{}", members, out, |(name, value), out| {
                serde_json::to_writer(&mut *out, &name)?;
                out.push(b':');
                write(value, out)
            })
        }
        Some(b'[') => list(b"[]", serde_json::from_str::<Vec<_>>(value.get())?, out, write),
        Some(b'"') => serde_json::to_writer(out, &serde_json::from_str::<String>(value.get())?),
        _ => {
            out.extend_from_slice(value.get().as_bytes());
            Ok(())
        }
    }
}

fn list<T>(
    ends: &[u8; 2],
    items: Vec<T>,
    out: &mut Vec<u8>,
    one: impl Fn(T, &mut Vec<u8>) -> serde_json::Result<()>,
) -> serde_json::Result<()> {
    out.push(ends[0]);
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        one(item, out)?;
    }
    out.push(ends[1]);
    Ok(())
}

/// The members of an object in the order in which they were sent, also those that come twice.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Every;

        impl<'de> Visitor<'de> for Every {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        d.deserialize_map(Every)
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    fn check(body: &str, canonical: &str) {
        assert_eq!(String::from_utf8_lossy(&text(body.as_bytes())), canonical, "{body}");
    }

    #[test]
    fn what_says_the_same_has_one_text() {
        check("", "{}");
        check(" { } ", "{}");
        check(r#"{"b":1,"a":[2, {"d":null,"c":true}]}"#, r#"{"a":[2,{"c":true,"d":null}],"b":1}"#);
        check("{\"\\u0061\":\"\\u5355\\/\\n\"}", "{\"a\":\"单/\\n\"}");
        check(r#"{"a":2,"a":1}"#, r#"{"a":2,"a":1}"#);
    }

    #[test]
    fn numbers_stay_as_they_were_written() {
        for number in ["1", "1.0", "1e0", "-0", "9007199254740993", "100000000000000000000.10"] {
            check(&format!("{{ \"n\" : {number} }}"), &format!("{{\"n\":{number}}}"));
        }
    }

    #[test]
    fn what_is_no_json_stays_as_it_is() {
        for body in ["{", "{\"a\":\"\\ud800\"}", "[1,]", "\u{feff}{}"] {
            check(body, body);
        }
    }
}
