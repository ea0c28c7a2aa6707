//! Money. The ledger counts 1/10,000 of the major unit; people and channels see whole minor units.
//!
//! Between the two there is exactly one rounding rule, [`allocate`]: the largest remainder.

use crate::currency::Currency;
use serde::{Deserialize, Serialize};

/// Ledger amounts are 1/`SCALE` of the major unit, for every currency.
pub const SCALE: i64 = 10_000;

/// Whole minor units (fen, cents) of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units.
    pub amount: i64,
    /// What they are units of.
    pub currency: Currency,
}

/// Why an amount of money could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Beyond what 64 bits hold.
    #[error("the amount is too large")]
    TooLarge,
    /// The ledger amount is not a whole number of minor units.
    #[error("the amount is not a whole number of minor units")]
    Fraction,
    /// Not a decimal number with at most four digits after the point.
    #[error("expected a decimal number with at most 4 digits after the point, like 18.5025")]
    NotDecimal,
}

impl Money {
    /// `amount` minor units.
    pub fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Ledger units in one minor unit of a currency.
    pub fn ledger_per_minor(currency: Currency) -> i64 {
        SCALE / 10_i64.pow(currency.exponent())
    }

    /// The same money in ledger units.
    pub fn to_ledger(self) -> Result<i64, MoneyError> {
        self.amount.checked_mul(Self::ledger_per_minor(self.currency)).ok_or(MoneyError::TooLarge)
    }

    /// Ledger units in whole minor units: the nearest, a half away from zero. For reports; nothing that is owed is rounded.
    pub fn rounded(ledger: i64, currency: Currency) -> i64 {
        let per = Self::ledger_per_minor(currency);
        let whole = ledger.unsigned_abs() + per.unsigned_abs() / 2;
        (whole / per.unsigned_abs()) as i64 * ledger.signum()
    }

    /// Ledger units that are known to be whole minor units.
    pub fn from_ledger(amount: i64, currency: Currency) -> Result<Self, MoneyError> {
        let per = Self::ledger_per_minor(currency);
        if amount % per != 0 {
            return Err(MoneyError::Fraction);
        }
        Ok(Self { amount: amount / per, currency })
    }

    /// `quantity` times this.
    pub fn times(self, quantity: u32) -> Result<Self, MoneyError> {
        let amount = self.amount.checked_mul(i64::from(quantity)).ok_or(MoneyError::TooLarge)?;
        Ok(Self { amount, ..self })
    }
}

/// What a supplier charges for one piece: ledger units (suppliers quote three and four decimals).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnitCost {
    /// 1/10,000 of the major unit.
    pub amount: i64,
    /// What it is an amount of.
    pub currency: Currency,
}

impl UnitCost {
    /// Reads a decimal number such as `18.5025`.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 4 {
            return Err(MoneyError::NotDecimal);
        }
        let whole: i64 = whole.parse().map_err(|_| MoneyError::TooLarge)?;
        let fraction: i64 =
            format!("{fraction:0<4}").parse().map_err(|_| MoneyError::NotDecimal)?;
        let amount = whole
            .checked_mul(SCALE)
            .and_then(|w| w.checked_add(fraction))
            .ok_or(MoneyError::TooLarge)?;
        Ok(Self { amount, currency })
    }

    /// The decimal form that [`UnitCost::parse`] reads.
    pub fn to_decimal(self) -> String {
        format!("{}.{:04}", self.amount / SCALE, self.amount % SCALE)
    }
}

/// Splits `total` in proportion to `weights` so that the parts sum to it exactly.
///
/// Largest remainder; ties go to the earlier part. `total` and weights are not negative and at least
/// one weight is positive; otherwise there is nothing to split and every part is zero.
pub fn allocate(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if sum <= 0 || total <= 0 {
        return vec![0; weights.len()];
    }
    let share = |w: &i64| i128::from(total) * i128::from(*w);
    let mut parts: Vec<i64> = weights.iter().map(|w| (share(w) / sum) as i64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(share(&weights[*i]) % sum));
    let missing = (total - parts.iter().sum::<i64>()) as usize;
    for i in order.into_iter().take(missing) {
        parts[i] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ledger_and_minor_units_agree() {
        let fen = Money::new(1990, Currency::Cny);
        assert_eq!(fen.to_ledger(), Ok(199_000));
        assert_eq!(Money::from_ledger(199_000, Currency::Cny), Ok(fen));
        assert_eq!(Money::from_ledger(199_001, Currency::Cny), Err(MoneyError::Fraction));
        assert_eq!(Money::new(5, Currency::Jpy).to_ledger(), Ok(50_000));
        assert_eq!(Money::new(i64::MAX, Currency::Cny).to_ledger(), Err(MoneyError::TooLarge));
    }

    #[test]
    fn ledger_units_are_rounded_to_the_nearest_minor_unit() {
        for (ledger, minor) in [(0, 0), (49, 0), (50, 1), (149, 1), (150, 2), (-50, -1), (-149, -1)]
        {
            assert_eq!(Money::rounded(ledger, Currency::Cny), minor, "{ledger}");
        }
        assert_eq!(Money::rounded(5_000, Currency::Jpy), 1);
        assert_eq!(Money::rounded(4_999, Currency::Jpy), 0);
    }

    #[test]
    fn unit_costs_read_and_write() {
        for (text, amount) in [("18.5025", 185_025), ("0.1", 1_000), ("7", 70_000)] {
            let cost = UnitCost::parse(text, Currency::Cny);
            assert_eq!(cost.map(|c| c.amount), Ok(amount), "{text}");
        }
        for text in ["", ".5", "1.23456", "-1", "1e3", "1,5"] {
            assert!(UnitCost::parse(text, Currency::Cny).is_err(), "{text}");
        }
    }

    #[test]
    fn allocation_sums_exactly() {
        for (total, weights, parts) in [
            (100, vec![1, 1, 1], vec![34, 33, 33]),
            (1, vec![5, 9], vec![0, 1]),
            (0, vec![1], vec![0]),
            (7, vec![0, 0], vec![0, 0]),
        ] {
            assert_eq!(allocate(total, &weights), parts);
        }
    }
}
