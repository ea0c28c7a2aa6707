//! The fields of a resource as JSON: read without doubt, merged, and read into their type.

use super::strict::Strict;
use serde::de::{DeserializeOwned, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::{Map, Number, Value};
use std::fmt;

/// An object that names each of its fields once, at every depth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Fields(pub Map<String, Value>);

/// Fields that are none of a kind: where, and what serde says of it. That may quote the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The path of the field, as `lines[0].sku`; `.` for the whole.
    pub path: String,
    /// What serde says.
    pub message: String,
}

impl Fields {
    /// Reads them into a type, as somebody sent them.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        let value = Strict(Value::Object(self.0.clone()));
        serde_path_to_error::deserialize(value).map_err(|error| Unreadable {
            path: error.path().to_string(),
            message: error.inner().to_string(),
        })
    }

    /// Reads them into the type that they were written from.
    pub(crate) fn read_stored<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.0).ok()
    }

    /// Those of a type.
    pub(crate) fn of(value: &impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(Value::Object(fields)) => Self(fields),
            _ => unreachable!("a resource is a struct with names for keys"),
        }
    }

    /// These with others in their places; null takes a field away.
    pub(crate) fn with(&self, change: &Self) -> Self {
        let mut fields = self.0.clone();
        for (name, value) in &change.0 {
            match value {
                Value::Null => fields.remove(name),
                value => fields.insert(name.clone(), value.clone()),
            };
        }
        Self(fields)
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        match d.deserialize_any(Once)? {
            Value::Object(fields) => Ok(Self(fields)),
            _ => Err(de::Error::custom("expected an object")),
        }
    }
}

/// Reads any JSON, but no field twice.
struct Once;

impl<'de> de::DeserializeSeed<'de> for Once {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(Self)? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if fields.contains_key(&name) {
                return Err(de::Error::custom(format_args!("duplicate field `{name}`")));
            }
            let value = map.next_value_seed(Self)?;
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(value: Value) -> Fields {
        serde_json::from_value(value).expect("an object")
    }

    #[test]
    fn a_change_replaces_whole_fields_and_null_takes_them_away() {
        let before = fields(json!({ "a": 1, "b": { "c": 2, "d": 3 }, "e": [1, 2] }));
        let change = fields(json!({ "b": { "c": 4 }, "e": null, "f": "x", "g": null }));
        assert_eq!(before.with(&change), fields(json!({ "a": 1, "b": { "c": 4 }, "f": "x" })));
    }

    #[test]
    fn a_field_is_there_once_at_every_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"{"b":[{"c":{"a":1,"a":2}}]}"#] {
            let error = serde_json::from_str::<Fields>(text).expect_err(text);
            assert!(error.to_string().starts_with("duplicate field `a`"), "{error}");
        }
        for text in ["[]", "1", "null", "\"x\""] {
            assert!(serde_json::from_str::<Fields>(text).is_err(), "{text}");
        }
    }
}
