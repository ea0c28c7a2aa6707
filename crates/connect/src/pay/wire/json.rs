//! JSON whose objects have every name once. Readers differ in which of two equal names they take, so a text with
//! two of them says different things to different readers.

use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};
use std::fmt;

/// Reads a text into a type, by way of [`value`]. None if it is no JSON, has a name twice or does not fit.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    serde_json::from_value(value(text)?).ok()
}

/// Reads a text. None if it is no JSON or an object in it, at any depth, has a name twice.
pub fn value(text: &[u8]) -> Option<Value> {
    serde_json::from_slice::<Strict>(text).ok().map(|strict| strict.0)
}

/// The fields of an object with the exact text of each value, in their order.
pub fn raw_fields(text: &str) -> Option<Vec<(String, &RawValue)>> {
    serde_json::from_str::<RawFields<'_>>(text).ok().map(|fields| fields.0)
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON whose objects have every name once")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            read.push(item);
        }
        Ok(Value::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some((name, Strict(value))) = fields.next_entry::<String, _>()? {
            if read.insert(name, value).is_some() {
                return Err(de::Error::custom("a name comes twice"));
            }
        }
        Ok(Value::Object(read))
    }
}

struct RawFields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for RawFields<'de> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_map(RawVisitor).map(Self)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object that has every name once")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut read: Self::Value = Vec::new();
        while let Some((name, value)) = fields.next_entry::<String, &RawValue>()? {
            if read.iter().any(|(known, _)| *known == name) {
                return Err(de::Error::custom("a name comes twice"));
            }
            read.push((name, value));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn plain_json_is_read_as_it_is() {
        let text = br#"{"a":[1,-2,3.5,null,true,"x"],"b":{"c":{}},"d":18446744073709551615}"#;
        let wanted = json!({"a":[1,-2,3.5,null,true,"x"],"b":{"c":{}},"d":u64::MAX});
        assert_eq!(value(text), Some(wanted));
    }

    #[test]
    fn a_name_that_comes_twice_is_refused_at_any_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"x":{"a":1,"b":2,"a":3}}"#,
            r#"[[{"a":null,"a":null}]]"#,
            r#"{"a":1"#,
            r#"{"a":1}{"#,
            "",
        ] {
            assert_eq!(value(text.as_bytes()), None, "{text}");
        }
        assert!(value("[".repeat(100_000).as_bytes()).is_none());
        assert!(raw_fields(r#"{"a":1,"\u0061":2}"#).is_none());
    }

    #[test]
    fn raw_values_keep_every_byte() {
        let fields =
            raw_fields("{ \"a_response\" : {\"x\": 1.0 ,\"y\":\"\\u4e2d\"} , \"sign\":\"s\"}");
        let fields = fields.expect("an object");
        assert_eq!(fields[0].1.get(), "{\"x\": 1.0 ,\"y\":\"\\u4e2d\"}");
        assert_eq!(fields[1].1.get(), "\"s\"");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[\\[\\]{}\",:a1\\\\u0. -]{0,60}") {
            let ours = value(text.as_bytes());
            if let Some(ours) = ours {
                prop_assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(ours));
            }
            let _ = raw_fields(&text);
        }
    }
}
