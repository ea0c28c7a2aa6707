//! What a buyer answered, as it is found again: by keyed hashes of the folded values.

use domain::catalog::input::InputKind;
use kernel::{Id16, OrderId, Tenant};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use vault::{Place, Vault, Zeroizing};

/// Shorter values lead to everything, and name nobody.
const CHARS_MIN: usize = 3;
/// The prefix of mainland numbers, which few people type.
const HOME: &str = "+86";

/// A value as it is compared: composed, lower case, without space at its ends.
pub fn folded(value: &str) -> Zeroizing<String> {
    Zeroizing::new(value.trim().nfc().flat_map(char::to_lowercase).collect())
}

/// How what a person types may have been answered: as it stands, and as a phone number.
pub fn spellings(typed: &str) -> Vec<Zeroizing<String>> {
    let mut all = vec![folded(typed)];
    if let Some(phone) = InputKind::Phone.read(typed) {
        let other = match phone.strip_prefix(HOME) {
            Some(short) => short.to_owned(),
            None => format!("{HOME}{phone}"),
        };
        all.extend([folded(&phone), folded(&other)]);
    }
    all.dedup();
    all
}

/// The tags of what was answered with an order. What does not open is found by nothing; whoever shows it says so.
pub(crate) fn tags(
    vault: &Vault,
    (tenant, order): (Tenant, OrderId),
    sealed: &[u8],
) -> BTreeSet<Id16> {
    let place = Place { tenant, table: "order_inputs", row: &order.0, column: "sealed" };
    let Ok(clear) = vault.unseal(&place, sealed) else { return BTreeSet::new() };
    let values: BTreeMap<String, String> = serde_json::from_slice(&clear).unwrap_or_default();
    let values = values.values().map(|value| folded(value));
    let long = values.filter(|value| value.chars().count() >= CHARS_MIN);
    long.map(|value| vault.answer_tag(tenant, &value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_found_however_it_is_typed() {
        let texts = |typed: &str| -> Vec<String> {
            spellings(typed).iter().map(|text| text.to_string()).collect()
        };
        assert_eq!(texts("138-0013-8000"), ["138-0013-8000", "13800138000", "+8613800138000"]);
        assert_eq!(texts(" 13800138000 "), ["13800138000", "+8613800138000"]);
        assert_eq!(texts("+86 138 0013 8000")[1..], ["+8613800138000", "13800138000"]);
        assert_eq!(texts("Chen@Mail.Example"), ["chen@mail.example"]);
    }
}
