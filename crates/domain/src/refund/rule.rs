//! What a SKU's rule says of a refund: for the command that refunds, and for the page that says beforehand whether it
//! will.

use crate::catalog::RefundRule;
use kernel::Timestamp;

/// Why a rule does not allow a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// It never does.
    Always,
    /// It did until this time.
    Since(Timestamp),
}

/// Whether the rule bars a refund of what was ordered at a time. Codes that were seen are another matter.
pub fn barred(rule: RefundRule, ordered_at: Timestamp, now: Timestamp) -> Option<Barred> {
    match rule {
        RefundRule::None => Some(Barred::Always),
        RefundRule::BeforeReveal | RefundRule::BeforeRedeem => None,
        RefundRule::Days(days) => {
            let until = ordered_at.plus_days(i64::from(days));
            (now >= until).then_some(Barred::Since(until))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_bars_always_never_or_from_a_day_on() {
        let (ordered, day) = (Timestamp(1_000), 86_400_000_000);
        let by = |rule, after: i64| barred(rule, ordered, ordered.plus_micros(after));
        assert_eq!(by(RefundRule::None, 0), Some(Barred::Always));
        assert_eq!(by(RefundRule::BeforeReveal, 4_000 * day), None);
        assert_eq!(by(RefundRule::Days(2), 2 * day - 1), None);
        assert_eq!(by(RefundRule::Days(2), 2 * day), Some(Barred::Since(ordered.plus_days(2))));
    }
}
