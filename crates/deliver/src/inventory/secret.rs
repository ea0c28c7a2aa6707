//! A code's number and password as one clear text, so that one seal covers both.

use vault::Zeroizing;

/// Two bytes of big-endian length of the number, the number, the password.
pub fn pack(number: &str, password: &str) -> Zeroizing<Vec<u8>> {
    let mut clear = Zeroizing::new(Vec::with_capacity(2 + number.len() + password.len()));
    clear.extend_from_slice(&(number.len() as u16).to_be_bytes());
    clear.extend_from_slice(number.as_bytes());
    clear.extend_from_slice(password.as_bytes());
    clear
}

/// The number and the password; none if these bytes were never packed.
pub fn unpack(clear: &[u8]) -> Option<(&str, &str)> {
    let (length, rest) = clear.split_at_checked(2)?;
    let length = usize::from(u16::from_be_bytes(length.try_into().ok()?));
    let (number, password) = rest.split_at_checked(length)?;
    Some((std::str::from_utf8(number).ok()?, std::str::from_utf8(password).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_unpacks() {
        for (number, password) in [("1234", "abcd"), ("", "只有密码"), ("number only", "")] {
            assert_eq!(unpack(&pack(number, password)), Some((number, password)));
        }
        assert_eq!(unpack(&[0]), None);
        assert_eq!(unpack(&[0, 9, b'x']), None);
    }
}
