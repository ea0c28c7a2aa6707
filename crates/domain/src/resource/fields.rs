//! The fields of a resource as JSON: read without doubt, merged, and read into their type.

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
    /// Reads them into a type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        let value = Value::Object(self.0.clone());
        serde_path_to_error::deserialize(value).map_err(|error| Unreadable {
            path: error.path().to_string(),
            message: error.inner().to_string(),
        })
    }

    /// Those of a type.
    pub(crate) fn of(value: &impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(Value::Object(fields)) => Self(fields),
            _ => unreachable!("a resource is a struct with names for keys"),
        }
    }

    /// Refuses an array where an object was read: serde takes one for the other, field by field, which no schema says.
    pub(crate) fn has_objects_of(&self, read: &Self) -> Result<(), Unreadable> {
        let field = |(name, read): (&String, &Value)| array_at(name, self.0.get(name)?, read);
        read.0.iter().find_map(field).map_or(Ok(()), |path| {
            let message = "invalid type: sequence, expected an object".to_owned();
            Err(Unreadable { path, message })
        })
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

/// The path of an array that was read as an object.
fn array_at(path: &str, sent: &Value, read: &Value) -> Option<String> {
    match (sent, read) {
        (Value::Array(_), Value::Object(_)) => Some(path.to_owned()),
        (Value::Object(sent), Value::Object(read)) => read
            .iter()
            .find_map(|(name, read)| array_at(&format!("{path}.{name}"), sent.get(name)?, read)),
        (Value::Array(sent), Value::Array(read)) => sent
            .iter()
            .zip(read)
            .enumerate()
            .find_map(|(at, (sent, read))| array_at(&format!("{path}[{at}]"), sent, read)),
        _ => None,
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
    fn an_array_is_no_object_at_any_depth() {
        let read = fields(json!({ "a": { "b": 1 }, "c": [{ "d": { "e": 2 } }], "f": [1] }));
        assert_eq!(read.has_objects_of(&read), Ok(()));
        for (sent, path) in [
            (json!({ "a": [1], "f": [1] }), "a"),
            (json!({ "c": [{ "d": [2] }] }), "c[0].d"),
            (json!({ "c": [[[2]]] }), "c[0]"),
        ] {
            let refused = fields(sent).has_objects_of(&read).expect_err(path);
            assert_eq!(refused.path, path);
        }
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
