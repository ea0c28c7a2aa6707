//! A tenant is a merchant in one mode. Every row has one, and every function that touches rows asks for it.

use crate::id::{Id16, MerchantId};
use serde::{Deserialize, Serialize};

/// Whether money and goods are real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Real money, real goods.
    Live,
    /// For trying out; never touches a real channel.
    Test,
}

/// A merchant in one mode: the owner of rows and the edge of a book.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenant(Id16);

impl Tenant {
    /// The tenant of a merchant in a mode. The mode is the last bit, so it needs no look-up.
    pub fn new(merchant: MerchantId, mode: Mode) -> Self {
        let mut bytes = merchant.0;
        bytes[15] = (bytes[15] & !1) | u8::from(mode == Mode::Test);
        Self(bytes)
    }

    /// The tenant stored under these bytes.
    pub const fn from_bytes(bytes: Id16) -> Self {
        Self(bytes)
    }

    /// What the store writes.
    pub fn bytes(&self) -> &Id16 {
        &self.0
    }

    /// The merchant, the same in both modes.
    pub fn merchant(&self) -> MerchantId {
        let mut bytes = self.0;
        bytes[15] &= !1;
        MerchantId(bytes)
    }

    /// Live or test.
    pub fn mode(&self) -> Mode {
        if self.0[15] & 1 == 1 { Mode::Test } else { Mode::Live }
    }
}

impl std::fmt::Debug for Tenant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{:?}", self.merchant(), self.mode())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_of_a_merchant_differ_and_lead_back() {
        let merchant = MerchantId([4; 16]);
        let (live, test) = (Tenant::new(merchant, Mode::Live), Tenant::new(merchant, Mode::Test));
        assert_ne!(live, test);
        assert_eq!((live.merchant(), test.merchant()), (merchant, merchant));
        assert_eq!((live.mode(), test.mode()), (Mode::Live, Mode::Test));
    }
}
