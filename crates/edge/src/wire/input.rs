//! What products ask of buyers: codes of fields, and answers by code.

use super::Answer;
use kernel::limits::{INPUT_CODE_CHARS_MAX, ORDER_INPUTS_MAX};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The code of a field. The rule of products knows which characters it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct InputCode(pub String);

impl<'de> Deserialize<'de> for InputCode {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let code = String::deserialize(d)?;
        if code.is_empty() || code.chars().count() > INPUT_CODE_CHARS_MAX {
            let wanted = format_args!("expected 1 to {INPUT_CODE_CHARS_MAX} characters");
            return Err(de::Error::custom(wanted));
        }
        Ok(Self(code))
    }
}

impl PartialSchema for InputCode {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(INPUT_CODE_CHARS_MAX))
            .description(Some("A lower-case letter, then `a` to `z`, `0` to `9` and `_`."))
            .examples(["phone"])
            .into()
    }
}

impl ToSchema for InputCode {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("InputCode")
    }
}

/// Answers by the code of their field. Its `Debug` tells the codes alone: values are personal data.
#[derive(Clone, Default, Serialize)]
#[serde(transparent)]
pub struct InputAnswers(pub BTreeMap<String, String>);

impl fmt::Debug for InputAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl<'de> Deserialize<'de> for InputAnswers {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Answers;

        impl<'de> de::Visitor<'de> for Answers {
            type Value = InputAnswers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<InputAnswers, A::Error> {
                let mut answers = BTreeMap::new();
                while let Some(code) = map.next_key::<String>()? {
                    if code.chars().count() > INPUT_CODE_CHARS_MAX || answers.contains_key(&code) {
                        return Err(de::Error::custom(
                            "expected codes of fields, each of them once",
                        ));
                    }
                    answers.insert(code, map.next_value::<Answer>()?.0);
                    if answers.len() > ORDER_INPUTS_MAX {
                        let wanted = format_args!("expected at most {ORDER_INPUTS_MAX} answers");
                        return Err(de::Error::custom(wanted));
                    }
                }
                Ok(InputAnswers(answers))
            }
        }

        d.deserialize_map(Answers)
    }
}

impl PartialSchema for InputAnswers {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .additional_properties(Some(Answer::schema()))
            .description(Some("Answers by the code of their field."))
            .examples([serde_json::json!({ "phone": "13800138000" })])
            .into()
    }
}

impl ToSchema for InputAnswers {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("InputAnswers")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<InputAnswers, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn answers_are_few_short_and_named_once() {
        let answers = read(r#"{"phone":"138","wish":"好"}"#).expect("answers");
        assert_eq!(answers.0["wish"], "好");
        assert_eq!(format!("{answers:?}"), r#"{"phone", "wish"}"#);
        for (wrong, says) in [
            ("[]", "expected an object"),
            (r#"{"phone":"1","phone":"2"}"#, "each of them once"),
            (r#"{"phone":""}"#, "1 to 200 characters"),
            (r#"{"phone":1}"#, "expected a string"),
            (r#"{"phone":"a\nb"}"#, "no control characters"),
            (&format!(r#"{{"{}":"1"}}"#, "p".repeat(33)), "codes of fields"),
        ] {
            let error = read(wrong).expect_err(wrong);
            assert!(error.contains(says), "{wrong}: {error}");
        }
        let many: Vec<String> = (0..33).map(|n| format!(r#""a{n}":"1""#)).collect();
        assert!(read(&format!("{{{}}}", many.join(","))).is_err());
    }
}
