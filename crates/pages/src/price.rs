//! How an amount is written: sign small, yuan large, fen small; and in one piece inside a sentence.

use kernel::{Currency, Money};
use std::fmt;

/// The pieces of an amount that are set in different sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Minus, if any, and the currency's sign.
    pub sign: String,
    /// Whole major units in groups of three.
    pub whole: String,
    /// The point and the minor units; empty for a currency without them.
    pub fraction: String,
}

impl Price {
    /// Takes an amount apart. No float is involved.
    pub fn of(money: &Money) -> Self {
        let digits = money.currency.exponent();
        let per = 10_u64.pow(digits);
        let amount = money.amount.unsigned_abs();
        let minus = if money.amount < 0 { "−" } else { "" };
        let fraction = match digits {
            0 => String::new(),
            _ => format!(".{:0width$}", amount % per, width = digits as usize),
        };
        let sign = format!("{minus}{}", sign(money.currency));
        Self { sign, whole: grouped(amount / per), fraction }
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.sign, self.whole, self.fraction)
    }
}

/// Only renminbi is a bare ¥: the others must not be taken for it.
fn sign(currency: Currency) -> &'static str {
    match currency {
        Currency::Cny => "¥",
        Currency::Hkd => "HK$",
        Currency::Jpy => "JP¥",
        Currency::Sgd => "S$",
        Currency::Usd => "US$",
        Currency::Eur => "€",
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_taken_apart() {
        for (amount, currency, want) in [
            (1990, Currency::Cny, ["¥", "19", ".90"]),
            (5, Currency::Cny, ["¥", "0", ".05"]),
            (0, Currency::Usd, ["US$", "0", ".00"]),
            (123_456_789, Currency::Hkd, ["HK$", "1,234,567", ".89"]),
            (1200, Currency::Jpy, ["JP¥", "1,200", ""]),
            (-100_000, Currency::Eur, ["−€", "1,000", ".00"]),
            (i64::MIN, Currency::Sgd, ["−S$", "92,233,720,368,547,758", ".08"]),
        ] {
            let price = Price::of(&Money::new(amount, currency));
            assert_eq!([&price.sign, &price.whole, &price.fraction], want);
            assert_eq!(price.to_string(), want.concat());
        }
    }
}
