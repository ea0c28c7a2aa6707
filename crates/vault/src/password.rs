//! Hashes of passwords: argon2id, written with their parameters, so that those can grow.

use crate::random;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Memory in KiB, passes and lanes: OWASP's first choice for argon2id.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;
/// Parameters of a stored hash at most, so that a damaged one takes no machine down.
const MEMORY_MAX: u32 = 262_144;
const PASSES_MAX: u32 = 16;

/// Makes and compares hashes; keeps the memory that takes. One at a time, in a thread of its own.
#[derive(Default)]
pub struct PasswordHasher {
    memory: Vec<Block>,
}

/// A hash with its parameters.
struct Stored {
    memory: u32,
    passes: u32,
    lanes: u32,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl PasswordHasher {
    /// The hash of a password, as `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
    pub fn hash(&mut self, password: &str) -> String {
        let mut salt = [0; SALT_BYTES];
        random::fill(&mut salt);
        let made = self.run(password, &salt, (MEMORY, PASSES, LANES));
        let hash = made.unwrap_or_else(|| unreachable!("the parameters are good"));
        let [salt, hash] = [&salt[..], &hash[..]].map(|bytes| STANDARD_NO_PAD.encode(bytes));
        format!("$argon2id$v=19$m={MEMORY},t={PASSES},p={LANES}${salt}${hash}")
    }

    /// Whether a hash is that of a password. Takes as long for a hash that nobody made.
    pub fn verify(&mut self, password: &str, stored: &str) -> bool {
        let Some(known) = parse(stored) else {
            let _ = self.run(password, &[0; SALT_BYTES], (MEMORY, PASSES, LANES));
            return false;
        };
        let made = self.run(password, &known.salt, (known.memory, known.passes, known.lanes));
        made.is_some_and(|made| bool::from(made[..].ct_eq(&known.hash[..])))
    }

    fn run(
        &mut self,
        password: &str,
        salt: &[u8],
        (memory, passes, lanes): (u32, u32, u32),
    ) -> Option<Zeroizing<[u8; HASH_BYTES]>> {
        let params = Params::new(memory, passes, lanes, Some(HASH_BYTES)).ok()?;
        self.memory.resize(params.block_count(), Block::new());
        let mut hash = Zeroizing::new([0; HASH_BYTES]);
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let blocks = &mut self.memory[..];
        argon2
            .hash_password_into_with_memory(password.as_bytes(), salt, &mut *hash, blocks)
            .ok()?;
        Some(hash)
    }
}

fn parse(stored: &str) -> Option<Stored> {
    let rest = stored.strip_prefix("$argon2id$v=19$m=")?;
    let mut parts = rest.split('$');
    let (parameters, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let mut numbers = parameters.split(',');
    let memory = numbers.next()?.parse().ok()?;
    let passes = numbers.next()?.strip_prefix("t=")?.parse().ok()?;
    let lanes = numbers.next()?.strip_prefix("p=")?.parse().ok()?;
    let decode = |text: &str| STANDARD_NO_PAD.decode(text).ok();
    let (salt, hash) = (decode(salt)?, decode(hash)?);
    let fits = memory <= MEMORY_MAX && passes <= PASSES_MAX && hash.len() == HASH_BYTES;
    fits.then_some(Stored { memory, passes, lanes, salt, hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_its_password() {
        let mut hasher = PasswordHasher::default();
        let hash = hasher.hash("correct horse battery staple");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.verify("correct horse battery staple", &hash));
        assert!(!hasher.verify("correct horse battery stapler", &hash));
        assert_ne!(hash, hasher.hash("correct horse battery staple"), "each has a salt");
        let worse = "$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA";
        for wrong in ["", "x", "$argon2id$v=19$m=19456,t=2,p=1$", worse] {
            assert!(!hasher.verify("correct horse battery staple", wrong), "{wrong}");
        }
    }

    #[test]
    fn other_parameters_are_read() {
        let mut hasher = PasswordHasher::default();
        let made = hasher.run("password", b"somesalt", (256, 2, 1)).expect("good parameters");
        let [salt, hash] = [&b"somesalt"[..], &made[..]].map(|bytes| STANDARD_NO_PAD.encode(bytes));
        let stored = format!("$argon2id$v=19$m=256,t=2,p=1${salt}${hash}");
        assert!(hasher.verify("password", &stored));
        // The vector of the reference implementation for these parameters.
        let hex: String = made.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
    }
}
