//! Random bytes from the operating system.
//!
//! Nonces come from a small stock per thread, because a system call for each of a million sealed
//! codes costs more than the sealing. Nonces are no secret, so the stock needs no wiping; keys
//! never come from it.

use std::cell::RefCell;

const NONCE_BYTES: usize = 12;
const STOCK_NONCES: usize = 256;

/// Fills with random bytes. A system without any cannot run this program, so it stops here.
pub(crate) fn fill(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        panic!("the operating system gives no random bytes: {error}");
    }
}

struct Stock {
    bytes: [u8; NONCE_BYTES * STOCK_NONCES],
    used: usize,
}

thread_local! {
    static STOCK: RefCell<Stock> = const {
        RefCell::new(Stock { bytes: [0; NONCE_BYTES * STOCK_NONCES], used: STOCK_NONCES })
    };
}

/// A random nonce that was never given out before.
pub(crate) fn nonce() -> [u8; NONCE_BYTES] {
    STOCK.with_borrow_mut(|stock| {
        if stock.used == STOCK_NONCES {
            fill(&mut stock.bytes);
            stock.used = 0;
        }
        let from = stock.used * NONCE_BYTES;
        stock.used += 1;
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&stock.bytes[from..from + NONCE_BYTES]);
        nonce
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn nonces_differ_within_and_across_refills() {
        let count = 3 * STOCK_NONCES + 1;
        let seen: HashSet<_> = (0..count).map(|_| nonce()).collect();
        assert_eq!(seen.len(), count);
        assert!(!seen.contains(&[0; NONCE_BYTES]));
    }
}
