//! What WeChat remembers beside payments: nonces that were used, and people who came by the OAuth hop.

use std::collections::HashMap;

/// Twice the age that a request may have: an older one is refused for its time.
const NONCE_SECONDS: i64 = 600;
/// How long a code of the OAuth hop is good for.
const CODE_SECONDS: i64 = 300;
const SWEEP_FROM: usize = 10_000;

/// What WeChat remembers.
#[derive(Default)]
pub struct Memory {
    nonces: HashMap<(usize, String), i64>,
    /// How many nonces there may be before old ones are forgotten.
    sweep_at: usize,
    codes: HashMap<String, Grant>,
    openids: HashMap<String, usize>,
}

/// A code of the OAuth hop.
#[derive(Clone)]
pub struct Grant {
    /// For whose official account.
    pub merchant: usize,
    /// Who came.
    pub openid: String,
    /// What was asked for.
    pub scope: String,
    at: i64,
    used: bool,
}

/// Why a code opens nothing.
#[derive(Debug, PartialEq, Eq)]
pub enum BadCode {
    /// Nobody gave it out, it is too old, or it is another account's.
    Invalid,
    /// It was used.
    Used,
}

impl Memory {
    /// Remembers a nonce. False if this merchant has used it already.
    pub fn is_new_nonce(&mut self, merchant: usize, nonce: &str, now: i64) -> bool {
        if self.nonces.len() >= self.sweep_at {
            self.nonces.retain(|_, at| now - *at <= NONCE_SECONDS);
            self.sweep_at = SWEEP_FROM.max(2 * self.nonces.len());
        }
        self.nonces
            .insert((merchant, nonce.to_owned()), now)
            .is_none_or(|at| now - at > NONCE_SECONDS)
    }

    /// Remembers that somebody came to an official account; gives the code.
    pub fn grant(&mut self, merchant: usize, openid: &str, scope: &str, now: i64) -> String {
        let code = format!("0{}", crate::random::word(31));
        self.openids.insert(openid.to_owned(), merchant);
        let grant = Grant {
            merchant,
            openid: openid.to_owned(),
            scope: scope.to_owned(),
            at: now,
            used: false,
        };
        self.codes.insert(code.clone(), grant);
        code
    }

    /// Takes a code in; it is good once.
    pub fn redeem(&mut self, merchant: usize, code: &str, now: i64) -> Result<Grant, BadCode> {
        let grant = self.codes.get_mut(code).filter(|grant| grant.merchant == merchant);
        let grant = grant.filter(|grant| now - grant.at <= CODE_SECONDS).ok_or(BadCode::Invalid)?;
        if std::mem::replace(&mut grant.used, true) {
            return Err(BadCode::Used);
        }
        Ok(grant.clone())
    }

    /// Whether an openid is known to be of another official account.
    pub fn is_of_another(&self, merchant: usize, openid: &str) -> bool {
        self.openids.get(openid).is_some_and(|of| *of != merchant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_good_once_for_each_merchant() {
        let mut memory = Memory::default();
        assert!(memory.is_new_nonce(0, "n", 0));
        assert!(!memory.is_new_nonce(0, "n", 300));
        assert!(memory.is_new_nonce(1, "n", 300));
    }

    #[test]
    fn a_code_is_good_once_for_five_minutes_at_one_account() {
        let mut memory = Memory::default();
        let code = memory.grant(0, "o1", "snsapi_base", 0);
        assert_eq!(memory.redeem(1, &code, 0).err(), Some(BadCode::Invalid));
        assert_eq!(memory.redeem(0, &code, 1).unwrap().openid, "o1");
        assert_eq!(memory.redeem(0, &code, 1).err(), Some(BadCode::Used));
        let old = memory.grant(0, "o1", "snsapi_base", 0);
        assert_eq!(memory.redeem(0, &old, 301).err(), Some(BadCode::Invalid));
        assert!(memory.is_of_another(1, "o1"));
        assert!(!memory.is_of_another(0, "o1") && !memory.is_of_another(0, "o2"));
    }
}
