//! Vouchers that a till chose to redeem together. Forms carry them from page to page, so that the server keeps nothing of an
//! act that was not done.

use super::Till;
use super::redeem::{find, name_of, take_of};
use crate::order::voucher::left_of;
use domain::voucher::redeem::Take;
use domain::voucher::redeem_together::TOGETHER_MAX;
use edge::problem::Problem;
use kernel::VoucherId;
use pages::page::till;
use pages::page::voucher::{Left, Taken};

/// What was chosen: the code of each as it was typed, and how much is to be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basket(pub Vec<(String, String)>);

impl Basket {
    /// Reads what a form carried. What no page of ours wrote is left out.
    pub fn read(with: &str) -> Self {
        let pairs = with.split_whitespace().filter_map(|pair| pair.split_once('*'));
        let pairs = pairs.map(|(code, taken)| (code.to_owned(), taken.to_owned()));
        Self(pairs.take(TOGETHER_MAX).collect())
    }

    /// What a form carries.
    pub fn written(&self) -> String {
        let pairs: Vec<_> = self.0.iter().map(|(code, taken)| format!("{code}*{taken}")).collect();
        pairs.join(" ")
    }

    /// Adds one; what stands between its characters is not kept.
    pub fn add(&mut self, code: &str, taken: &str) {
        let tight = |text: &str| text.split_whitespace().collect::<String>().replace('*', "");
        self.0.push((tight(code), tight(taken)));
    }

    /// Whether one more can be redeemed with these.
    pub fn has_place(&self) -> bool {
        self.0.len() + 1 < TOGETHER_MAX
    }

    /// Whether a voucher is among them.
    pub async fn has(&self, till: &Till, voucher: VoucherId) -> Result<bool, Problem> {
        for (code, _) in &self.0 {
            if find(till, code).await?.is_some_and(|one| one.id == voucher) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What the page shows of them. A token that is over meanwhile is shown as it was typed. Each code that opens nothing
    /// counts as a guess, so that a forged list tries no more codes than a form does.
    pub async fn shown(&self, till: &Till) -> Result<till::Basket, Problem> {
        let frame = till.visitor.frame();
        let mut rows = Vec::with_capacity(self.0.len());
        for (code, typed) in &self.0 {
            let found = find(till, code).await?;
            let name = match &found {
                Some(voucher) => name_of(till, voucher.sku).await?,
                None => {
                    till.visitor.guessed(&till.guess());
                    code.clone()
                }
            };
            let taken = match (take_of(found.as_ref(), typed), found.as_ref().map(left_of)) {
                (Some(Take::Uses(uses)), _) => Taken::Uses(uses).text(&frame),
                (Some(Take::Amount(amount)), Some(Left::Amount { .. })) => {
                    Taken::Amount(amount).text(&frame)
                }
                _ => typed.clone(),
            };
            rows.push((name, taken));
        }
        Ok(till::Basket { with: self.written(), rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_carry_what_was_chosen() {
        let mut basket = Basket::default();
        basket.add("ABC-DEF 123", "2");
        basket.add("0481 5162", "12.50");
        assert_eq!(basket.written(), "ABC-DEF123*2 04815162*12.50");
        assert_eq!(Basket::read(&basket.written()), basket);
        assert_eq!(Basket::read("nothing of ours"), Basket::default());
        let many = "A*1 ".repeat(99);
        assert_eq!(Basket::read(&many).0.len(), TOGETHER_MAX);
        assert!(!Basket::read(&many).has_place());
    }
}
