//! Stripe's forms: `line_items[0][price_data][currency]=cny`.

use super::failure::Failure;
use std::collections::BTreeMap;

/// Values by their names in brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form(BTreeMap<String, String>);

const METADATA_MAX: usize = 50;

impl Form {
    /// Reads a form; a name may stand only once, except a list's `[]`.
    pub fn read(text: &[u8]) -> Result<Self, Failure> {
        let mut fields = BTreeMap::new();
        for (place, (name, value)) in form_urlencoded::parse(text).enumerate() {
            let name = match name.strip_suffix("[]") {
                Some(list) => format!("{list}[{place}]"),
                None => name.into_owned(),
            };
            if fields.insert(name.clone(), value.into_owned()).is_some() {
                return Err(Failure::request("A parameter was sent twice.", Some(&name)));
            }
        }
        Ok(Self(fields))
    }

    /// Refuses names that are not among `known`, where `#` stands for a number and `*` for any word.
    pub fn allow(&self, known: &[&str]) -> Result<(), Failure> {
        for name in self.0.keys() {
            if !known.iter().any(|known| fits(known, name)) && !fits("expand[#]", name) {
                let message = format!("Received unknown parameter: {name}");
                return Err(Failure::coded("parameter_unknown", &message, Some(name)));
            }
        }
        Ok(())
    }

    /// A value, if it says something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A value that must be there.
    pub fn need(&self, name: &str) -> Result<&str, Failure> {
        self.get(name).ok_or_else(|| Failure::missing(name))
    }

    /// A whole number, if there is one.
    pub fn integer(&self, name: &str) -> Result<Option<i64>, Failure> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let number = text.parse().ok();
        let invalid = || {
            let message = format!("Invalid integer: {text}");
            Failure::coded("parameter_invalid_integer", &message, Some(name))
        };
        number.map(Some).ok_or_else(invalid)
    }

    /// What a merchant keeps with an object: `prefix[key]=value`.
    pub fn metadata(&self, prefix: &str) -> Result<Vec<(String, String)>, Failure> {
        let mut pairs = Vec::new();
        for (name, value) in &self.0 {
            let inner = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('['));
            let Some(key) = inner.and_then(|rest| rest.strip_suffix(']')) else { continue };
            if key.chars().count() > 40 || value.chars().count() > 500 {
                return Err(Failure::request(
                    "Metadata keys have 40 characters, values 500.",
                    Some(name),
                ));
            }
            pairs.push((key.to_owned(), value.clone()));
        }
        if pairs.len() > METADATA_MAX {
            return Err(Failure::request("Metadata has at most 50 keys.", Some(prefix)));
        }
        Ok(pairs)
    }

    /// A list's values.
    pub fn list(&self, name: &str) -> Vec<&str> {
        let pattern = format!("{name}[#]");
        let all = self.0.iter().filter(|(name, _)| fits(&pattern, name));
        all.map(|(_, value)| value.as_str()).collect()
    }

    /// Whether an object shall be shown whole.
    pub fn expands(&self, name: &str) -> bool {
        self.list("expand").contains(&name)
    }
}

fn fits(known: &str, name: &str) -> bool {
    let (mut known, mut name) = (known.split('['), name.split('['));
    loop {
        match (known.next(), name.next()) {
            (None, None) => return true,
            (Some("#]"), Some(part)) => {
                let number = part.strip_suffix(']').unwrap_or_default();
                if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
                    return false;
                }
            }
            (Some("*]"), Some(part)) if part.len() > 1 && part.ends_with(']') => {}
            (Some(known), Some(part)) if known == part => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_names() {
        let form = Form::read(
            b"metadata%5Bpayment%5D=p+1&line_items[0][quantity]=2&expand[]=payment_intent&amount=x",
        );
        let form = form.unwrap();
        assert_eq!(form.metadata("metadata").unwrap(), [("payment".into(), "p 1".into())]);
        assert_eq!(form.integer("line_items[0][quantity]").unwrap(), Some(2));
        assert!(form.expands("payment_intent"));
        assert!(form.integer("amount").is_err());
        assert!(form.need("none").is_err());
        form.allow(&["metadata[*]", "line_items[#][quantity]", "amount"]).unwrap();
        assert!(form.allow(&["metadata[*]", "amount"]).is_err());
    }

    #[test]
    fn patterns_stand_for_numbers_and_words() {
        assert!(fits("a[#][b]", "a[12][b]") && fits("m[*]", "m[any]"));
        assert!(!fits("a[#]", "a[x]") && !fits("a[#]", "a[]") && !fits("a[#]", "a[0][b]"));
        assert!(!fits("m[*]", "m[]") && !fits("m[*]", "m") && !fits("a", "a[0]"));
    }
}
