//! Which bytes stand for which characters, and how to find out.

use std::borrow::Cow;

/// How the text of an upload is encoded. UTF-16 is known by its byte order mark only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// GB 18030, which contains GBK: what spreadsheets write in China.
    Gb18030,
}

impl Encoding {
    /// The text of one line; `None` when the bytes mean nothing in this encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Gb18030 => {
                encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)
            }
        }
    }
}

/// Finds the encoding of an upload while it streams by: UTF-8 if all of it is well-formed UTF-8,
/// else GB 18030. Feed every chunk, in order.
#[derive(Debug, Clone, Default)]
pub struct EncodingSniffer {
    broken: bool,
    /// The start of a character whose rest comes with the next chunk.
    open: [u8; 4],
    open_len: usize,
}

impl EncodingSniffer {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks at the next chunk, of any size.
    pub fn feed(&mut self, mut chunk: &[u8]) {
        while self.open_len > 0 && !self.broken {
            let Some((byte, rest)) = chunk.split_first() else { return };
            chunk = rest;
            self.open[self.open_len] = *byte;
            self.open_len += 1;
            let (open, len) = (self.open, self.open_len);
            self.open_len = 0;
            self.look(&open[..len]);
        }
        self.look(chunk);
    }

    /// The encoding of all that was fed.
    pub fn finish(self) -> Encoding {
        if self.broken || self.open_len > 0 { Encoding::Gb18030 } else { Encoding::Utf8 }
    }

    fn look(&mut self, bytes: &[u8]) {
        if self.broken {
            return;
        }
        if let Err(error) = std::str::from_utf8(bytes) {
            let tail = &bytes[error.valid_up_to()..];
            self.broken = error.error_len().is_some();
            if !self.broken {
                // At most three bytes: a character has four, and this one lacks its end.
                self.open[..tail.len()].copy_from_slice(tail);
                self.open_len = tail.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Encoding) {
        for size in 1..=bytes.len().max(1) {
            let mut sniffer = EncodingSniffer::new();
            bytes.chunks(size).for_each(|chunk| sniffer.feed(chunk));
            assert_eq!(sniffer.finish(), expected, "{bytes:x?} in chunks of {size}");
        }
    }

    #[test]
    fn well_formed_text_is_known_wherever_it_is_cut() {
        check(b"", Encoding::Utf8);
        check(b"number,password\nA1,B2\n", Encoding::Utf8);
        check("卡号,卡密\né𠮷😀end".as_bytes(), Encoding::Utf8);
        check("\u{feff}卡号".as_bytes(), Encoding::Utf8);
    }

    #[test]
    fn anything_else_is_gb_18030() {
        check(b"\xbf\xa8\xba\xc5,\xbf\xa8\xc3\xdc\nA1,B2\n", Encoding::Gb18030);
        check(b"good\xff", Encoding::Gb18030);
        check("cut 卡".as_bytes().split_last().expect("bytes").1, Encoding::Gb18030);
        check("cut 😀".as_bytes().split_last().expect("bytes").1, Encoding::Gb18030);
        check(b"surrogate \xed\xa0\x80 end", Encoding::Gb18030);
    }
}
