//! What Alipay says of a trade, in answers and in notices alike.

use crate::pay::answer::{Paid, Standing};
use crate::pay::notice::Refused;
use crate::pay::wire::{clock, yuan};
use kernel::{Currency, Money};

/// The parts of a trade that decide.
pub(super) struct Trade<'a> {
    pub status: &'a str,
    pub number: &'a str,
    pub total: &'a str,
    /// When money came for it, as Alipay writes times; a trade also closes when all of it went back.
    pub paid_at: &'a str,
    /// Whether some of it went back.
    pub returned: bool,
}

impl Trade<'_> {
    /// Where it stands.
    pub fn standing(&self) -> Result<Standing, Refused> {
        match self.status {
            "WAIT_BUYER_PAY" => Ok(Standing::Open),
            "TRADE_SUCCESS" | "TRADE_FINISHED" => self.paid(self.returned),
            "TRADE_CLOSED" if !self.paid_at.is_empty() || self.returned => self.paid(true),
            "TRADE_CLOSED" => Ok(Standing::Closed),
            _ => Err(Refused::Unreadable("trade_status")),
        }
    }

    fn paid(&self, returned: bool) -> Result<Standing, Refused> {
        let number_char = |b: u8| b.is_ascii_alphanumeric();
        let sound = (1..=64).contains(&self.number.len()) && self.number.bytes().all(number_char);
        if !sound {
            return Err(Refused::Unreadable("trade_no"));
        }
        let amount = money(self.total).ok_or(Refused::Unreadable("total_amount"))?;
        let paid_at = clock::read_china_plain(self.paid_at);
        Ok(Standing::Paid(Paid { number: self.number.to_owned(), amount, paid_at, returned }))
    }
}

/// Yuan as money; none for nothing.
pub(super) fn money(text: &str) -> Option<Money> {
    yuan::parse(text).filter(|fen| *fen > 0).map(|fen| Money::new(fen, Currency::Cny))
}
