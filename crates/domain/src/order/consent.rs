//! The buyer's consent that a code which was seen is not taken back.

use crate::Refusal;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// A consent as an order keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Version of the text that was agreed to.
    pub version: String,
    /// The time.
    pub at: Timestamp,
}

/// A consent as it comes with an order.
#[derive(Debug, Clone)]
pub struct Agreed {
    /// Version of the text that was agreed to.
    pub version: String,
    /// The time, if it was before the order is placed.
    pub at: Option<Timestamp>,
}

impl Agreed {
    /// Nobody agrees later than now.
    pub fn by(&self, now: Timestamp) -> Result<Consent, Refusal> {
        let at = self.at.unwrap_or(now);
        if at > now {
            return Err(Refusal::invalid("consent.at", "send a time that is not in the future"));
        }
        Ok(Consent { version: self.version.clone(), at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consent_is_of_now_or_before() {
        let by = |at: Option<i64>| {
            let agreed = Agreed { version: "1".into(), at: at.map(Timestamp) };
            agreed.by(Timestamp(50)).map(|consent| consent.at.0)
        };
        assert_eq!(by(None), Ok(50));
        assert_eq!(by(Some(7)), Ok(7));
        assert_eq!(by(Some(50)), Ok(50));
        assert!(
            matches!(by(Some(51)), Err(Refusal::Invalid { field, .. }) if field == "consent.at")
        );
    }
}
