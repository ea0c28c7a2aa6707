//! Objects within bodies are objects. What serde derives would also take an array for one, field by
//! field, which the OpenAPI document does not say.

/// Reads these types from objects only. They derive `Deserialize` with `#[serde(remote = "Self")]`,
/// which makes it a function of their own that is called here.
#[macro_export]
macro_rules! only_objects {
    ($($name:ty),* $(,)?) => {$(
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Fields;

                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        map: A,
                    ) -> Result<$name, A::Error> {
                        <$name>::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                    }
                }

                d.deserialize_map(Fields)
            }
        }
    )*};
}

/// The same of types that derive `Serialize`, too, which becomes a function of their own likewise.
#[macro_export]
macro_rules! written_as_read {
    ($($name:ty),* $(,)?) => {
        $crate::only_objects!($($name),*);

        $(impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, s)
            }
        })*
    };
}

pub use {only_objects, written_as_read};

#[cfg(test)]
mod tests {
    use crate::wire::Money;

    #[test]
    fn an_array_is_no_object() {
        let read = |text: &str| serde_json::from_str::<Money>(text);
        assert!(read(r#"{"amount":1,"currency":"CNY"}"#).is_ok());
        let error = read(r#"[1,"CNY"]"#).expect_err("an array");
        assert!(error.to_string().contains("expected an object"), "{error}");
        let error = read(r#"{"amount":1,"currency":"CNY","x":1}"#).expect_err("a field too much");
        assert!(error.to_string().contains("unknown field `x`"), "{error}");
    }
}
