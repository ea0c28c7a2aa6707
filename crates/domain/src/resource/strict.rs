//! Reads JSON into types, and takes objects for structs alone. serde would also take an array for one, field by field, which
//! no schema says.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

/// A value that is read so, at every depth.
pub struct Strict(pub Value);

impl<'de> IntoDeserializer<'de, serde_json::Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Strict {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(Self));
                let read = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(read)
            }
            Value::Object(fields) => {
                let fields = fields.into_iter().map(|(name, value)| (name, Self(value)));
                let mut fields = MapDeserializer::new(fields);
                let read = visitor.visit_map(&mut fields)?;
                fields.end()?;
                Ok(read)
            }
            plain => plain.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    /// What a variant holds is read as serde reads it.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[serde(default)]
        one: Inner,
        many: Vec<Inner>,
        maybe: Option<Inner>,
        pair: (i64, Word),
        name: String,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[serde(default)]
        number: Option<u32>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        Plain,
        Of(u16),
    }

    fn good() -> Value {
        json!({
            "one": { "number": 1 }, "many": [{ "number": 2 }, {}], "maybe": { "number": null },
            "pair": [-7, { "of": 9 }], "name": "x",
        })
    }

    #[test]
    fn objects_are_read_as_serde_reads_them() {
        let usual: Outer = serde_json::from_value(good()).expect("it is read");
        assert_eq!(Outer::deserialize(Strict(good())).expect("it is read"), usual);
        let mut bare = good();
        (bare["maybe"], bare["pair"]) = (Value::Null, json!([0, "plain"]));
        let read = Outer::deserialize(Strict(bare)).expect("it is read");
        assert_eq!((read.maybe, read.pair), (None, (0, Word::Plain)));
    }

    #[test]
    fn an_array_is_no_object_at_any_depth() {
        for (at, wrong) in [
            ("/one", json!([])),
            ("/one", json!([1])),
            ("/many/1", json!([])),
            ("/maybe", json!([null])),
            ("", json!([{}, [], null, [0, "plain"], "x"])),
        ] {
            let mut body = good();
            *body.pointer_mut(at).expect("it is there") = wrong.clone();
            let error = Outer::deserialize(Strict(body)).expect_err(at).to_string();
            assert!(
                error.contains("invalid type: sequence, expected struct"),
                "{at} {wrong}: {error}"
            );
        }
    }

    #[test]
    fn what_is_too_much_is_refused() {
        for (at, wrong) in [
            ("/pair", json!([1, "plain", 2])),
            ("/one/more", json!(1)),
            ("/name", json!(1)),
            ("/one/number", json!(-1)),
        ] {
            let mut body = good();
            if at == "/one/more" {
                body["one"]["more"] = wrong;
            } else {
                *body.pointer_mut(at).expect("it is there") = wrong;
            }
            assert!(Outer::deserialize(Strict(body)).is_err(), "{at}");
        }
    }
}
