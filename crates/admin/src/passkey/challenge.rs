//! Challenges that an authenticator signs. Nothing is kept of one: it says when it was made and carries our mark. That it
//! counts once is decided with the person's row, which keeps the time of the last one.

use domain::identity::operator;
use kernel::Timestamp;
use vault::Vault;

/// How long one may be answered, in microseconds.
const GOOD_US: i64 = 300_000_000;
const TIME: usize = 8;
const DRAWN: usize = 16;

/// A new challenge.
pub fn new(vault: &Vault, now: Timestamp, drawn: [u8; DRAWN]) -> Vec<u8> {
    let said = [&now.0.to_be_bytes()[..], &drawn].concat();
    let mark = mark(vault, &said);
    [said, mark.to_vec()].concat()
}

/// When a challenge was made; none where it is not ours or too old.
pub fn made_at(vault: &Vault, challenge: &[u8], now: Timestamp) -> Option<Timestamp> {
    let (said, given) = challenge.split_at_checked(TIME + DRAWN)?;
    let given: [u8; 16] = given.try_into().ok()?;
    let text = hex(said);
    vault.is_guest_tag(operator(), &text, &given).then_some(())?;
    let at = Timestamp(i64::from_be_bytes(said[..TIME].try_into().ok()?));
    (now.0 - at.0 < GOOD_US && at <= now).then_some(at)
}

fn mark(vault: &Vault, said: &[u8]) -> [u8; 16] {
    vault.guest_tag(operator(), &hex(said))
}

/// Said apart from everything else that is marked so.
fn hex(said: &[u8]) -> String {
    let hex: String = said.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("passkey challenge\n{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use vault::MasterKey;

    #[test]
    fn only_our_own_of_just_now_count() {
        let (vault, _) = Vault::create(&MasterKey::generate()).expect("a vault");
        let now = Timestamp(1_000_000_000_000);
        let challenge = new(&vault, now, [7; 16]);
        assert_eq!(made_at(&vault, &challenge, now), Some(now));
        assert_eq!(made_at(&vault, &challenge, now.plus_micros(GOOD_US)), None);
        for at in 0..challenge.len() {
            let mut forged = challenge.clone();
            forged[at] ^= 1;
            assert_eq!(made_at(&vault, &forged, now), None, "{at}");
        }
        assert_eq!(made_at(&vault, &challenge[..30], now), None);
    }
}
