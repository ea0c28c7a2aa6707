//! PEM texts (RFC 7468), and the bare base64 that Alipay's key tool writes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// Bytes of a text with keys or certificates at most. A bundle of root certificates has about 8 KiB.
const TEXT_BYTES_MAX: usize = 256 * 1024;

/// One block.
pub struct Block {
    /// What stands after `BEGIN`; none for bare base64.
    pub label: Option<String>,
    /// The DER bytes; wiped, because they may be a private key's.
    pub der: Zeroizing<Vec<u8>>,
}

/// The blocks of a text, in its order. None if any part of it is no PEM.
pub fn blocks(text: &str) -> Option<Vec<Block>> {
    let text = text.trim();
    if text.is_empty() || text.len() > TEXT_BYTES_MAX {
        return None;
    }
    if !text.contains("-----") {
        return Some(vec![Block { label: None, der: decode(text)? }]);
    }
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, begun)) = rest.split_once("-----BEGIN ") {
        let (label, body) = begun.split_once("-----")?;
        let (body, after) = body.split_once(&format!("-----END {label}-----"))?;
        blocks.push(Block { label: Some(label.to_owned()), der: decode(body)? });
        rest = after;
    }
    (!blocks.is_empty()).then_some(blocks)
}

/// The only block of a text.
pub fn block(text: &str) -> Option<Block> {
    let mut blocks = blocks(text)?;
    let last = blocks.pop()?;
    blocks.is_empty().then_some(last)
}

fn decode(body: &str) -> Option<Zeroizing<Vec<u8>>> {
    let packed: Zeroizing<String> =
        Zeroizing::new(body.chars().filter(|c| !c.is_ascii_whitespace()).collect());
    STANDARD.decode(packed.as_bytes()).ok().filter(|der| !der.is_empty()).map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_are_found_in_their_order() {
        let text = "# note\n-----BEGIN A-----\nAQI=\n-----END A-----\n-----BEGIN B C-----\r\nAw==\r\n-----END B C-----";
        let found = blocks(text).expect("two blocks");
        let labels: Vec<_> = found.iter().map(|b| (b.label.as_deref(), &b.der[..])).collect();
        assert_eq!(labels, [(Some("A"), &[1, 2][..]), (Some("B C"), &[3][..])]);
        assert!(block(text).is_none());
        assert!(block(" AQI=\n").is_some_and(|b| b.label.is_none() && b.der[..] == [1, 2]));
    }

    #[test]
    fn what_is_no_pem_is_refused() {
        for text in [
            "",
            "  ",
            "no!",
            "-----BEGIN A-----AQI=",
            "-----BEGIN A-----AQI=-----END B-----",
            "-----",
        ] {
            assert!(blocks(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(-----BEGIN |-----END |A|-----|[a-zA-Z0-9+/=\n ]{0,9}){0,12}") {
            let _ = blocks(&text);
        }
    }
}
