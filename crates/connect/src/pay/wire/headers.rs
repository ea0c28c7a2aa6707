//! Headers of answers and notices.

pub use hyper::HeaderMap;

/// The only value of a header. None if it is missing, comes twice or has other than visible ASCII.
pub fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() {
        return None;
    }
    first.to_str().ok().filter(|value| !value.is_empty())
}

/// Seconds as signed headers have them: digits only.
pub fn seconds(text: &str) -> Option<i64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    (digits && text.len() <= 12).then(|| text.parse().ok()).flatten()
}
