//! The lowest price of a product. Amounts of two currencies cannot be compared, so only those of the first count.

use kernel::Money;

/// The lowest price, and whether it is a lower end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cheapest {
    /// In the currency of the first SKU.
    pub price: Money,
    /// What it is compared with.
    pub list_price: Option<Money>,
    /// Whether another SKU of that currency costs more.
    pub is_from: bool,
}

/// The cheapest of prices with their list prices.
pub fn cheapest(prices: impl Iterator<Item = (Money, Option<Money>)> + Clone) -> Option<Cheapest> {
    let (first, _) = prices.clone().next()?;
    let comparable = prices.filter(|(price, _)| price.currency == first.currency);
    let (price, list_price) = comparable.clone().min_by_key(|(price, _)| price.amount)?;
    let mut others = comparable.map(|(other, _)| other);
    Some(Cheapest { price, list_price, is_from: others.any(|other| other != price) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency::{Cny, Jpy, Usd};

    #[test]
    fn only_one_currency_is_compared() {
        for (prices, amount, currency, is_from) in [
            (&[(1990, Cny)][..], 1990, Cny, false),
            (&[(1990, Cny), (990, Cny)], 990, Cny, true),
            (&[(1990, Cny), (500, Usd)], 1990, Cny, false),
            (&[(500, Usd), (1990, Cny), (400, Usd)], 400, Usd, true),
            (&[(90_000, Jpy), (1, Cny)], 90_000, Jpy, false),
        ] {
            let prices = prices.iter().map(|(amount, c)| (Money::new(*amount, *c), None));
            let found = cheapest(prices).expect("a price");
            assert_eq!(found.price, Money::new(amount, currency));
            assert_eq!(found.is_from, is_from);
        }
        assert_eq!(cheapest(std::iter::empty()), None);
    }
}
