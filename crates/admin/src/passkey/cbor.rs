//! As much of CBOR (RFC 8949) as authenticators write: whole numbers, bytes, texts, lists and maps of definite length.

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// A whole number.
    Int(i64),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A text.
    Text(&'a str),
    /// A list.
    List(Vec<Value<'a>>),
    /// A map, in the order in which it is written.
    Map(Vec<(Value<'a>, Value<'a>)>),
    /// True, false, nothing: nobody asks which.
    Simple,
}

/// How deep values may stand in each other.
const DEPTH_MAX: usize = 8;

/// The first value of some bytes, and what stands behind it.
pub fn read(bytes: &[u8]) -> Option<(Value<'_>, &[u8])> {
    value(bytes, DEPTH_MAX)
}

impl<'a> Value<'a> {
    /// The value of a key of a map.
    pub fn get(&self, key: &Value<'_>) -> Option<&Value<'a>> {
        match self {
            Self::Map(pairs) => pairs.iter().find(|(known, _)| known == key).map(|(_, of)| of),
            _ => None,
        }
    }

    /// The bytes that it is.
    pub fn bytes(&self) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }
}

fn value(bytes: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (kind, short) = (first >> 5, first & 31);
    let (number, rest) = number(short, rest)?;
    let length = usize::try_from(number).ok()?;
    match kind {
        0 => Some((Value::Int(i64::try_from(number).ok()?), rest)),
        1 => Some((Value::Int(-1 - i64::try_from(number).ok()?), rest)),
        2 => rest.split_at_checked(length).map(|(bytes, rest)| (Value::Bytes(bytes), rest)),
        3 => {
            let (text, rest) = rest.split_at_checked(length)?;
            Some((Value::Text(std::str::from_utf8(text).ok()?), rest))
        }
        4 => {
            let (mut items, mut rest) = (Vec::new(), rest);
            for _ in 0..length {
                let (item, behind) = value(rest, depth.checked_sub(1)?)?;
                items.push(item);
                rest = behind;
            }
            Some((Value::List(items), rest))
        }
        5 => {
            let (mut pairs, mut rest) = (Vec::new(), rest);
            for _ in 0..length {
                let (key, behind) = value(rest, depth.checked_sub(1)?)?;
                let (of, behind) = value(behind, depth.checked_sub(1)?)?;
                pairs.push((key, of));
                rest = behind;
            }
            Some((Value::Map(pairs), rest))
        }
        7 if short < 24 => Some((Value::Simple, rest)),
        _ => None,
    }
}

fn number(short: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    let length = match short {
        0..=23 => return Some((u64::from(short), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let (bytes, rest) = rest.split_at_checked(length)?;
    Some((bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_rfc_are_read() {
        let whole = |bytes: &'static [u8]| read(bytes).filter(|(_, rest)| rest.is_empty());
        let of = |bytes| whole(bytes).map(|(value, _)| value);
        assert_eq!(of(&[0x17]), Some(Value::Int(23)));
        assert_eq!(of(&[0x19, 0x03, 0xe8]), Some(Value::Int(1000)));
        assert_eq!(of(&[0x38, 0x63]), Some(Value::Int(-100)));
        assert_eq!(of(&[0x44, 1, 2, 3, 4]), Some(Value::Bytes(&[1, 2, 3, 4])));
        assert_eq!(of(b"\x64IETF"), Some(Value::Text("IETF")));
        let map = of(&[0xa2, 0x61, 0x61, 0x01, 0x61, 0x62, 0x82, 0x02, 0x03]).expect("a map");
        assert_eq!(map.get(&Value::Text("a")), Some(&Value::Int(1)));
        let list = Value::List(vec![Value::Int(2), Value::Int(3)]);
        assert_eq!(map.get(&Value::Text("b")), Some(&list));
    }

    #[test]
    fn what_is_torn_endless_or_deep_is_nothing() {
        for wrong in
            [&[][..], &[0x44, 1], &[0x9f, 1, 0xff], &[0x81; 20], &[0xbb; 9], &[0x62, 0xff, 0xff]]
        {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }
}
