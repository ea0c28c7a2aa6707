//! Reading facts: by the kind and the version that the journal's columns tell, with upcasters where that is older.

use super::{Fact, FactBody};
use serde::Deserialize;
use std::borrow::Cow;

/// A row of the journal that is no fact that this program knows.
#[derive(Debug)]
pub struct Unreadable;

/// Reads the body of a fact that was written in version `v`, where the newest is `newest`.
pub(crate) fn body<F: FactBody>(text: &str, v: i64, newest: i64) -> Result<F, Unreadable> {
    if v == newest {
        return serde_json::from_str(text).map_err(|_| Unreadable);
    }
    if v > newest {
        return Err(Unreadable);
    }
    let mut old = serde_json::from_str(text).map_err(|_| Unreadable)?;
    for v in v..newest {
        old = F::upcast(v, old).ok_or(Unreadable)?;
    }
    serde_json::from_value(old).map_err(|_| Unreadable)
}

/// What every fact's text says of itself.
#[derive(Deserialize)]
struct Tag<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
}

impl Fact {
    /// Reads a fact by the journal's columns, whichever version it was written in.
    pub fn read(kind: &str, v: i64, text: &str) -> Result<Self, Unreadable> {
        let tag: Tag<'_> = serde_json::from_str(text).map_err(|_| Unreadable)?;
        if tag.kind != kind {
            return Err(Unreadable);
        }
        Self::read_body(kind, v, text)?.ok_or(Unreadable)
    }

    /// The text of a fact as the newest version of its kind tells it.
    pub fn newest<'a>(kind: &str, v: i64, text: &'a str) -> Result<Cow<'a, str>, Unreadable> {
        if Self::kinds().any(|known| known.name == kind && known.v == v) {
            return Ok(Cow::Borrowed(text));
        }
        let fact = Self::read(kind, v, text)?;
        serde_json::to_string(&fact).map(Cow::Owned).map_err(|_| Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// A kind in its third version: the second gave `count` another name, the third counts in pairs.
    #[derive(Debug, PartialEq, Deserialize)]
    struct Packed {
        pairs: i64,
    }

    impl FactBody for Packed {
        fn upcast(v: i64, mut old: Value) -> Option<Value> {
            match v {
                1 => Some(json!({ "pieces": old.get_mut("count")?.take() })),
                2 => Some(json!({ "pairs": old.get("pieces")?.as_i64()? / 2 })),
                _ => None,
            }
        }
    }

    #[test]
    fn a_fact_of_before_is_read_step_by_step() {
        for (v, text) in [(1, r#"{"count":8}"#), (2, r#"{"pieces":8}"#), (3, r#"{"pairs":4}"#)] {
            assert_eq!(
                body::<Packed>(text, v, 3).expect("it is read"),
                Packed { pairs: 4 },
                "v{v}"
            );
        }
        for (v, text) in [(0, r#"{"pairs":4}"#), (4, r#"{"pairs":4}"#), (1, r#"{"pieces":8}"#)] {
            assert!(body::<Packed>(text, v, 3).is_err(), "v{v}");
        }
    }
}
