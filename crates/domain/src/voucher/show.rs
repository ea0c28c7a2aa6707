//! Show a voucher by a token (动态码): eight digits that stand for it for a minute and are used once.
//!
//! A voucher has one token at a time: a new one ends the one before, so that two devices which show the same voucher never
//! both hold one that works. Tokens are no part of the journal: nothing is decided by one that is over.

use super::redeem::check_state;
use super::{Voucher, wrong_state};
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{Id16, Tenant, Timestamp, VoucherId};

/// How long a token lives, in microseconds.
pub const TOKEN_US: i64 = 60_000_000;
/// Tokens are below this: eight digits.
const TOKENS: u32 = 100_000_000;
/// Numbers that are proposed, of which the first free one is taken.
const PROPOSED: usize = 4;

/// A token's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it stands for.
    pub voucher: VoucherId,
    /// Its digits.
    pub digits: u32,
    /// It is taken before this time; 0 once it was used.
    pub until: Timestamp,
}

impl Answer for Token {}

/// Gives a voucher a new token.
#[derive(Debug, Clone, Copy)]
pub struct ShowVoucher {
    /// Which voucher.
    pub voucher: VoucherId,
    /// Numbers that nobody can foresee, of eight digits.
    proposed: [u32; PROPOSED],
}

impl ShowVoucher {
    /// Proposes numbers of what is drawn at random: the ends of fresh ids.
    pub fn of(voucher: VoucherId, mut draw: impl FnMut() -> Id16) -> Self {
        let mut number = || (u128::from_be_bytes(draw()) % u128::from(TOKENS)) as u32;
        Self { voucher, proposed: std::array::from_fn(|_| number()) }
    }
}

/// Reads eight digits as they were typed ([`kernel::typed`]).
pub fn read(typed: &str) -> Option<u32> {
    let digits = kernel::typed::fold(typed);
    let all = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
    all.then(|| digits.parse().ok()).flatten()
}

/// The digits as they are shown.
pub fn write(digits: u32) -> String {
    format!("{digits:08}")
}

impl Verb for ShowVoucher {
    type Answer = Token;

    /// The voucher, its token, and whoever has the proposed numbers.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.voucher.vouchers.insert((tenant, self.voucher));
        needs.voucher.tokens.insert((tenant, self.voucher));
        for digits in self.proposed {
            needs.voucher.digits.insert((tenant, digits));
            let found = world.voucher.digits.get(&(tenant, digits)).into_iter().flatten();
            needs.voucher.tokens.extend(found.map(|id| (tenant, *id)));
        }
    }

    /// Order of checks: the voucher exists, is shown by tokens, its state, its time, a number that is free.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let voucher = world.voucher.vouchers.get(&(tenant, self.voucher));
        let voucher = voucher.ok_or(Refusal::NotFound("voucher"))?;
        if !voucher.live {
            return Err(wrong_state("voucher_state", "the voucher is shown by its code"));
        }
        check_state(voucher, ctx.now)?;
        let id = voucher.id;
        let taken =
            |digits: &u32| holders(world, tenant, *digits, ctx.now).any(|holder| holder != id);
        let free = self.proposed.into_iter().find(|digits| !taken(digits));
        let digits = free.ok_or_else(|| wrong_state("voucher_state", "try again at once"))?;
        let token = Token { voucher: id, digits, until: ctx.now.plus_micros(TOKEN_US) };
        world.voucher.tokens.insert((tenant, id), token);
        let known = world.voucher.digits.get(&(tenant, digits)).cloned().unwrap_or_default();
        let others = known.into_iter().filter(|other| *other != id);
        let holders = others.chain([id]).collect();
        world.voucher.digits.loaded((tenant, digits), Some(holders));
        Ok(token)
    }
}

/// The vouchers that these digits stand for now.
fn holders(
    world: &World,
    tenant: Tenant,
    digits: u32,
    now: Timestamp,
) -> impl Iterator<Item = VoucherId> + '_ {
    let known = world.voucher.digits.get(&(tenant, digits)).into_iter().flatten();
    known.copied().filter(move |id| {
        let token = world.voucher.tokens.get(&(tenant, *id));
        token.is_some_and(|token| token.digits == digits && now < token.until)
    })
}

/// Whether a token with these digits lives.
pub(super) fn is_alive(world: &World, tenant: Tenant, digits: u32, now: Timestamp) -> bool {
    holders(world, tenant, digits, now).next().is_some()
}

/// The voucher that a token stands for; none where nobody has it. One that is over or was used, and one that two vouchers
/// should have, are refused.
pub(super) fn alive(
    world: &World,
    tenant: Tenant,
    digits: u32,
    now: Timestamp,
) -> Result<Option<VoucherId>, Refusal> {
    let mut found = holders(world, tenant, digits, now);
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(Some(id)),
        (None, _) if world.voucher.digits.get(&(tenant, digits)).is_none() => Ok(None),
        _ => {
            let detail = "the token is over or was used; let the holder show a new one";
            Err(wrong_state("voucher_state", detail))
        }
    }
}

/// The token of a voucher was used.
pub(super) fn spend(world: &mut World, voucher: &Voucher) {
    if let Some(token) = world.voucher.tokens.change(&voucher.key()) {
        token.until = Timestamp(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_they_are_shown_and_typed() {
        for (text, digits) in [
            ("00000001", 1),
            ("9999 9999", 99_999_999),
            ("12-34-56-78", 12_345_678),
            ("１２３４５６７８", 12_345_678),
        ] {
            assert_eq!(read(text), Some(digits), "{text}");
        }
        assert_eq!(read(&write(7)), Some(7));
        for wrong in ["", "1234567", "123456789", "1234567a", "+1234567"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
