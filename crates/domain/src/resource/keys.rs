//! Keys: by what resources are looked up, filtered and sorted. A key is written as bytes whose order is that of its
//! values; what has no value comes first.

use super::{Line, Ref, Resource};
use kernel::Timestamp;

/// The keys of one resource.
#[derive(Debug, Default)]
pub struct Keys(pub(super) Vec<Key>);

/// A key of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its name, which is that of the field it is made of.
    pub name: &'static str,
    /// What its values are.
    pub values: KeyType,
    /// Whether no two resources that are not archived share a value.
    pub unique: bool,
    /// The value; none where there is none.
    pub bytes: Option<Vec<u8>>,
}

/// What the values of a key are, and so how a caller writes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// A text.
    Text,
    /// A whole number.
    Int,
    /// True or false.
    Bool,
    /// A time.
    Time,
    /// The id of a resource whose ids start so.
    Id(&'static str),
}

/// A value that a key may have.
pub trait KeyValue {
    /// What such values are.
    const TYPE: KeyType;

    /// The bytes by which it is found; none where there is no value.
    fn to_key(&self) -> Option<Vec<u8>>;
}

impl Keys {
    /// A key that no two resources share.
    pub fn unique(&mut self, name: &'static str, value: impl KeyValue) {
        self.add(name, value, true);
    }

    /// A key by which lists are filtered and sorted.
    pub fn sort(&mut self, name: &'static str, value: impl KeyValue) {
        self.add(name, value, false);
    }

    fn add<V: KeyValue>(&mut self, name: &'static str, value: V, unique: bool) {
        self.0.push(Key { name, values: V::TYPE, unique, bytes: value.to_key() });
    }
}

impl KeyType {
    /// The bytes of a value as a caller writes it.
    pub fn parse(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Text => text.to_key(),
            Self::Int => text.parse::<i64>().ok()?.to_key(),
            Self::Bool => text.parse::<bool>().ok()?.to_key(),
            Self::Time => Timestamp::parse(text)?.to_key(),
            Self::Id(prefix) => {
                let id = text.strip_prefix(prefix)?.strip_prefix('_')?;
                Some(kernel::id::decode(id)?.to_vec())
            }
        }
    }

    /// What a caller must write, in words.
    pub fn words(self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Int => "a whole number".to_owned(),
            Self::Bool => "true or false".to_owned(),
            Self::Time => "a time, RFC 3339".to_owned(),
            Self::Id(prefix) => {
                format!("an id that starts with `{prefix}_` followed by 26 characters")
            }
        }
    }
}

impl KeyValue for str {
    const TYPE: KeyType = KeyType::Text;

    fn to_key(&self) -> Option<Vec<u8>> {
        Some(self.as_bytes().to_vec())
    }
}

impl KeyValue for i64 {
    const TYPE: KeyType = KeyType::Int;

    fn to_key(&self) -> Option<Vec<u8>> {
        Some((self ^ Self::MIN).to_be_bytes().to_vec())
    }
}

impl KeyValue for bool {
    const TYPE: KeyType = KeyType::Bool;

    fn to_key(&self) -> Option<Vec<u8>> {
        Some(vec![u8::from(*self)])
    }
}

impl KeyValue for Timestamp {
    const TYPE: KeyType = KeyType::Time;

    fn to_key(&self) -> Option<Vec<u8>> {
        self.0.to_key()
    }
}

impl<const MAX: usize> KeyValue for Line<MAX> {
    const TYPE: KeyType = KeyType::Text;

    fn to_key(&self) -> Option<Vec<u8>> {
        self.0.as_str().to_key()
    }
}

impl<T: Resource> KeyValue for Ref<T> {
    const TYPE: KeyType = KeyType::Id(T::KIND.prefix);

    fn to_key(&self) -> Option<Vec<u8>> {
        Some(self.id().to_vec())
    }
}

impl<V: KeyValue + ?Sized> KeyValue for &V {
    const TYPE: KeyType = V::TYPE;

    fn to_key(&self) -> Option<Vec<u8>> {
        V::to_key(self)
    }
}

impl<V: KeyValue> KeyValue for Option<V> {
    const TYPE: KeyType = V::TYPE;

    fn to_key(&self) -> Option<Vec<u8>> {
        self.as_ref().and_then(V::to_key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_in_the_order_of_the_values() {
        let numbers = [i64::MIN, -7, -1, 0, 1, 300, i64::MAX];
        assert!(numbers.map(|number| number.to_key()).is_sorted());
        assert!([false, true].map(|value| value.to_key()).is_sorted());
        assert!(["", "a", "ab", "b", "店"].map(KeyValue::to_key).is_sorted());
    }

    #[test]
    fn what_a_caller_writes_is_found() {
        assert_eq!(KeyType::Int.parse("-7"), (-7_i64).to_key());
        assert_eq!(KeyType::Bool.parse("true"), true.to_key());
        assert_eq!(KeyType::Text.parse("店"), "店".to_key());
        assert_eq!(KeyType::Time.parse("1970-01-01T00:00:01Z"), Timestamp(1_000_000).to_key());
        let id = kernel::id::encode(&[7; 16]);
        assert_eq!(KeyType::Id("spl").parse(&format!("spl_{id}")), Some(vec![7; 16]));
        for (values, wrong) in [
            (KeyType::Int, "x"),
            (KeyType::Bool, "1"),
            (KeyType::Time, "today"),
            (KeyType::Id("spl"), "smo_0"),
        ] {
            assert_eq!(values.parse(wrong), None, "{wrong}");
        }
    }
}
