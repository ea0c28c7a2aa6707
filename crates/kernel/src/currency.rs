//! Currencies that the platform trades in, with their minor unit (ISO 4217).

use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency. The number is what the store writes and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Renminbi (人民币), 100 fen.
    Cny = 156,
    /// Hong Kong dollar.
    Hkd = 344,
    /// Yen: has no minor unit.
    Jpy = 392,
    /// Singapore dollar.
    Sgd = 702,
    /// US dollar.
    Usd = 840,
    /// Euro.
    Eur = 978,
}

impl Currency {
    /// Every currency, for tables and tests.
    pub const ALL: [Self; 6] = [Self::Cny, Self::Hkd, Self::Jpy, Self::Sgd, Self::Usd, Self::Eur];

    /// The ISO 4217 number.
    pub fn number(self) -> i64 {
        self as i64
    }

    /// The currency of an ISO 4217 number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.number() == number)
    }

    /// The three letters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Cny => "CNY",
            Self::Hkd => "HKD",
            Self::Jpy => "JPY",
            Self::Sgd => "SGD",
            Self::Usd => "USD",
            Self::Eur => "EUR",
        }
    }

    /// The currency of three upper-case letters.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }

    /// Digits after the point of the minor unit.
    pub fn exponent(self) -> u32 {
        match self {
            Self::Jpy => 0,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
