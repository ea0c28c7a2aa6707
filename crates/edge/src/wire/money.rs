//! Money and decimal numbers as callers write them.

use super::Currency;
use kernel::{MoneyError, SCALE, UnitCost, limits::AMOUNT_MINOR_MAX};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// An amount of money in whole minor units (fen, cents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Money {
    /// Minor units. Callers send 0 to 100000000000.
    #[serde(deserialize_with = "amount")]
    pub amount: i64,
    /// What they are units of.
    pub currency: Currency,
}

super::written_as_read!(Money);

fn amount<'de, D: Deserializer<'de>>(d: D) -> Result<i64, D::Error> {
    let amount = i64::deserialize(d)?;
    if (0..=AMOUNT_MINOR_MAX).contains(&amount) {
        return Ok(amount);
    }
    let wanted = format_args!("expected a whole number from 0 to {AMOUNT_MINOR_MAX}");
    Err(de::Error::custom(wanted))
}

impl Money {
    /// Minor units of a currency.
    pub fn new(amount: i64, currency: kernel::Currency) -> Self {
        Self { amount, currency: super::Wire(currency) }
    }

    /// Ledger units that are known to be whole minor units.
    pub fn from_ledger(amount: i64, currency: kernel::Currency) -> Result<Self, MoneyError> {
        kernel::Money::from_ledger(amount, currency).map(Self::from)
    }
}

impl From<kernel::Money> for Money {
    fn from(money: kernel::Money) -> Self {
        Self::new(money.amount, money.currency)
    }
}

impl From<Money> for kernel::Money {
    fn from(money: Money) -> Self {
        Self::new(money.amount, money.currency.0)
    }
}

/// Ledger units, written as a decimal number of the major unit with four digits: `"18.5025"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal(pub i64);

impl Decimal {
    /// As the price of one piece in a currency.
    pub fn unit_cost(self, currency: kernel::Currency) -> UnitCost {
        UnitCost { amount: self.0, currency }
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sign, scale) = (if self.0 < 0 { "-" } else { "" }, SCALE.unsigned_abs());
        let units = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:04}", units / scale, units % scale)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        // The currency does not matter to the number; the kernel's parser wants one.
        let cost = UnitCost::parse(&text, kernel::Currency::Cny).map_err(de::Error::custom)?;
        Ok(Self(cost.amount))
    }
}

impl PartialSchema for Decimal {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^-?\d+(\.\d{1,4})?$"))
            .description(Some(
                "A decimal number of the major unit, at most 4 digits after the point.",
            ))
            .examples(["18.5025"])
            .into()
    }
}

impl ToSchema for Decimal {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Decimal")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_sign_and_digits() {
        for (units, text) in
            [(185_025, "18.5025"), (0, "0.0000"), (-5, "-0.0005"), (-10_000, "-1.0000")]
        {
            assert_eq!(Decimal(units).to_string(), text);
        }
        let read = |text: &str| serde_json::from_value::<Decimal>(text.into()).ok().map(|d| d.0);
        assert_eq!(read("7.5"), Some(75_000));
        assert_eq!(read("-7.5"), None);
    }

    #[test]
    fn amounts_have_limits() {
        let read = |amount: i64| {
            let money = serde_json::json!({"amount": amount, "currency": "CNY"});
            serde_json::from_value::<Money>(money).is_ok()
        };
        assert!(read(0) && read(AMOUNT_MINOR_MAX));
        assert!(!read(-1) && !read(AMOUNT_MINOR_MAX + 1));
    }
}
