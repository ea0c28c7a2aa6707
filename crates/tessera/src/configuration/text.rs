//! A resource as text: TOML, its fields in the order in which people read them, so that the same resource is the same
//! bytes.

use super::server::{Fields, Kind};
use anyhow::{Context, Result, anyhow, bail};
use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value, json};
use toml::Table;

/// What every file names beside the fields.
const ID: &str = "id";
const SHAPE: &str = "shape";

/// What a file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Its id.
    pub id: String,
    /// The shape of the fields; the newest if it names none.
    pub shape: Option<u32>,
    /// The fields.
    pub body: Fields,
}

/// The text of a resource.
pub fn write(kind: &Kind, id: &str, shape: u32, body: &Fields) -> Result<String> {
    let known = kind.fields.iter().filter_map(|field| body.get_key_value(&field.name));
    let others =
        body.iter().filter(|(name, _)| kind.fields.iter().all(|field| field.name != **name));
    let mut lines = vec![(ID.to_owned(), json!(id)), (SHAPE.to_owned(), json!(shape))];
    let fields = known.chain(others).map(|(name, value)| (name.clone(), without_null(value)));
    lines.extend(fields.filter(|(_, value)| !value.is_null()));
    let text = toml::to_string_pretty(&Lines(&lines));
    let text = text.with_context(|| format!("{id} cannot be written as TOML"))?;
    let meant: Fields = lines.into_iter().skip(2).collect();
    match read(&text) {
        Ok(said) if said.body == meant => Ok(text),
        _ => bail!("{id} has a value that TOML cannot hold"),
    }
}

/// Reads a text.
pub fn read(text: &str) -> Result<Said> {
    let mut table: Table = text.parse().map_err(|error: toml::de::Error| anyhow!("{error}"))?;
    let id = match table.remove(ID) {
        Some(toml::Value::String(id)) => id,
        Some(_) => bail!("id: expected a text"),
        None => bail!("id: is required; each resource keeps its own"),
    };
    let shape = match table.remove(SHAPE) {
        None => None,
        Some(toml::Value::Integer(shape)) if (1..=i64::from(u32::MAX)).contains(&shape) => {
            u32::try_from(shape).ok()
        }
        Some(_) => bail!("shape: expected a whole number from 1 on, as it was exported"),
    };
    let body = table.into_iter().map(|(name, value)| {
        let value =
            to_json(value).ok_or_else(|| anyhow!("{name}: infinite and NaN are no values"))?;
        Ok((name, value))
    });
    Ok(Said { id, shape, body: body.collect::<Result<_>>()? })
}

/// Lines in their order.
struct Lines<'a>(&'a [(String, Value)]);

impl Serialize for Lines<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// TOML has no null; what is null is absent.
fn without_null(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            Value::Object(fields.map(|(name, value)| (name.clone(), without_null(value))).collect())
        }
        Value::Array(items) => items.iter().map(without_null).collect(),
        plain => plain.clone(),
    }
}

/// A date that was written without quotes is the text of it.
fn to_json(value: toml::Value) -> Option<Value> {
    Some(match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => Value::Number(Number::from_f64(number)?),
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(at) => Value::String(at.to_string()),
        toml::Value::Array(items) => items.into_iter().map(to_json).collect::<Option<_>>()?,
        toml::Value::Table(fields) => {
            let fields = fields.into_iter().map(|(name, value)| Some((name, to_json(value)?)));
            Value::Object(fields.collect::<Option<Map<_, _>>>()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::server::Field;
    use super::*;

    fn kind(fields: &[&str]) -> Kind {
        let field = |name: &&str| Field { name: (*name).to_owned(), picture: false };
        Kind {
            kind: "thing".into(),
            plural: "things".into(),
            prefix: "thg".into(),
            single: false,
            of_people: false,
            within: None,
            operations: Vec::new(),
            fields: fields.iter().map(field).collect(),
        }
    }

    fn fields(value: Value) -> Fields {
        value.as_object().cloned().expect("an object")
    }

    #[test]
    fn fields_stand_in_the_order_of_their_kind_and_tables_last() {
        let body = fields(json!({
            "alpha": 1, "name": "店 \"一\"\n二", "words": { "zh": "你好", "en": null }, "tags": [],
            "steps": [{ "n": 1, "of": ["a"] }, { "n": 2 }], "on": true, "none": null
        }));
        let text = write(&kind(&["words", "name", "on"]), "thg_1", 2, &body).expect("TOML");
        let expected = "id = \"thg_1\"\nshape = 2\nname = \"\"\"\n店 \"一\"\n二\"\"\"\non = true\nalpha = 1\ntags = []\n\n\
            [words]\nzh = \"你好\"\n\n[[steps]]\nn = 1\nof = [\"a\"]\n\n[[steps]]\nn = 2\n";
        assert_eq!(text, expected);
        let said = read(&text).expect("it is read");
        assert_eq!((said.id.as_str(), said.shape), ("thg_1", Some(2)));
        let again = write(&kind(&["words", "name", "on"]), &said.id, 2, &said.body);
        assert_eq!(again.expect("TOML"), text, "what is read is written as it was");
    }

    #[test]
    fn any_text_and_number_comes_back() {
        let kind = kind(&[]);
        for value in [
            json!("'''\"\"\"\\"),
            json!("\r\n\t"),
            json!("\u{85}\u{2028}\u{feff}"),
            json!("-"),
            json!(""),
            json!("2026-11-29"),
            json!(i64::MIN),
            json!(0.1),
            json!(-1e300),
            json!([["a"], [1, 2.5]]),
            json!({ "a b": { "c.d": [{}] } }),
        ] {
            let body = fields(json!({ "f": value, "": "an empty name" }));
            let text = write(&kind, "thg_1", 1, &body).expect("TOML");
            assert_eq!(read(&text).expect("it is read").body, body, "{text}");
        }
        let text = write(&kind, "thg_1", 1, &fields(json!({ "f": u64::MAX })));
        assert!(text.is_err(), "it would be another number");
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, told) in [
            ("name = 1", "id: is required"),
            ("id = 7", "id: expected a text"),
            ("id = \"x\"\nshape = 0", "shape: expected"),
            ("id = \"x\"\nf = nan", "f: infinite"),
            ("id = \"x\"\nname = ", "line 2"),
            ("id = \"x\"\na = 1\na = 2", "line 3"),
        ] {
            let error = format!("{:#}", read(text).expect_err(text));
            assert!(error.contains(told), "{error}");
        }
        let said = read("id = \"x\"\nat = 2026-11-29T08:00:00Z").expect("a date is a text");
        assert_eq!(said.body["at"], "2026-11-29T08:00:00Z");
    }
}
