//! The key of one file, which seals its parts. It is random, serves for nothing else, and lies sealed itself with what is known of
//! the file (envelope encryption): sealing that again under another data key touches no part.

use crate::{Place, VaultError, random, sealed, wrapped};
use aes_gcm_siv::Aes256GcmSiv;
use std::fmt;
use zeroize::Zeroizing;

/// Stands where the id of a data key stands, of which none is 0.
const NO_DATA_KEY: u32 = 0;

/// The key of one file.
pub struct FileKey {
    bytes: Zeroizing<[u8; Self::BYTES]>,
    cipher: Aes256GcmSiv,
}

impl FileKey {
    /// Bytes of a key.
    pub const BYTES: usize = 32;

    /// A key that nobody has.
    pub fn generate() -> Self {
        let mut bytes = Zeroizing::new([0; Self::BYTES]);
        random::fill(&mut *bytes);
        Self::from_bytes(bytes)
    }

    /// A key that was kept.
    pub fn from_bytes(bytes: Zeroizing<[u8; Self::BYTES]>) -> Self {
        Self { cipher: wrapped::cipher(&bytes), bytes }
    }

    /// The key in clear, to be sealed.
    pub fn bytes(&self) -> &[u8; Self::BYTES] {
        &self.bytes
    }

    /// Seals a part for its place, as [`Vault::seal`](crate::Vault::seal) does values.
    pub fn seal(&self, place: &Place<'_>, clear: &[u8]) -> Vec<u8> {
        sealed::seal(&self.cipher, NO_DATA_KEY, place, clear)
    }

    /// Opens a part at the place it was sealed for. Any error means that it is damaged, or another's.
    pub fn open(&self, place: &Place<'_>, part: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        sealed::open(&self.cipher, place, part)
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileKey").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Tenant;

    fn place(row: &[u8]) -> Place<'_> {
        Place { tenant: Tenant::from_bytes([4; 16]), table: "contents", row, column: "file" }
    }

    #[test]
    fn a_part_opens_with_its_key_at_its_place_alone() {
        let (key, other) = (FileKey::generate(), FileKey::generate());
        let part = key.seal(&place(b"one"), b"clear");
        assert!(!part.windows(5).any(|bytes| bytes == b"clear"));
        let kept = FileKey::from_bytes(Zeroizing::new(*key.bytes()));
        assert_eq!(&kept.open(&place(b"one"), &part).expect("it opens")[..], b"clear");
        assert!(matches!(key.open(&place(b"two"), &part), Err(VaultError::Damaged)));
        assert!(matches!(other.open(&place(b"one"), &part), Err(VaultError::Damaged)));
        for length in 0..part.len() {
            assert!(key.open(&place(b"one"), &part[..length]).is_err(), "cut at {length}");
        }
    }
}
