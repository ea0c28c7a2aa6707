//! Forms (`application/x-www-form-urlencoded`), with every name at most once.

use std::collections::BTreeMap;

/// Fields of a form at most.
const FIELDS_MAX: usize = 200;

/// The fields of a body, sorted by name. None if a name comes twice, there are too many, or it is no UTF-8.
pub fn read(body: &[u8]) -> Option<BTreeMap<String, String>> {
    let body = std::str::from_utf8(body).ok()?;
    let mut fields = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(body.trim_end().as_bytes()) {
        let twice = fields.insert(name.into_owned(), value.into_owned()).is_some();
        if twice || fields.len() > FIELDS_MAX {
            return None;
        }
    }
    Some(fields)
}

/// A form with these fields, in their order.
pub fn write<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    form.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_comes_once() {
        let fields = read(b"b=%E4%B8%AD+1&a=").expect("a form");
        assert_eq!(fields["b"], "中 1");
        assert_eq!(fields.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert!(read(b"a=1&b=2&a=1").is_none());
        assert!(read(b"a=\xff").is_none());
        assert!(read("a&".repeat(300).as_bytes()).is_none());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(a in ".{0,20}", b in ".{0,20}") {
            let form = write([("a", &a[..]), ("b", &b)]);
            let read = read(form.as_bytes()).expect("a form");
            prop_assert_eq!((&read["a"], &read["b"]), (&a, &b));
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = read(&bytes);
        }
    }
}
