//! What a rule may know of a sealed value: which key it lies under, never what it says.

/// The id of the key that sealed a value: bytes 1 to 4, big-endian, after the suite.
pub fn seal_key_of(sealed: &[u8]) -> Option<u32> {
    sealed.get(1..5)?.try_into().ok().map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stands_behind_the_suite() {
        assert_eq!(seal_key_of(&[1, 0, 0, 1, 2, 9]), Some(258));
        assert_eq!(seal_key_of(&[1, 0, 0, 1]), None);
    }
}
