//! What somebody may do: scopes in each mode, and up to which amount he gives money back.

use crate::Refusal;
use crate::identity::Scope;
use kernel::Mode;
use std::collections::BTreeSet;

/// Scopes in each mode, and limits that come with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    live: BTreeSet<Scope>,
    test: BTreeSet<Scope>,
    /// The largest refund, in minor units; none without a limit, 0 for nobody who may refund.
    refund: Limit,
}

/// The largest amount of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Up to an amount, in minor units.
    UpTo(i64),
    /// Whatever there is.
    Unlimited,
}

impl Default for Limit {
    fn default() -> Self {
        Self::UpTo(0)
    }
}

impl Rights {
    /// Scopes in these modes, with a limit of refunds for whoever may refund.
    pub fn new(modes: &[Mode], scopes: impl IntoIterator<Item = Scope>, refund: Limit) -> Self {
        let scopes: BTreeSet<_> = scopes.into_iter().collect();
        let refunds = scopes.contains(&Scope::OrdersWrite);
        let of = |mode| if modes.contains(&mode) { scopes.clone() } else { BTreeSet::new() };
        let (live, test) = (of(Mode::Live), of(Mode::Test));
        let refund = if refunds { refund } else { Limit::default() };
        Self { live, test, refund }
    }

    /// The scopes in a mode.
    pub fn of(&self, mode: Mode) -> &BTreeSet<Scope> {
        match mode {
            Mode::Live => &self.live,
            Mode::Test => &self.test,
        }
    }

    /// Whether a scope is among them, in a mode. Whoever has any may ask for what a second person approves, and take as a
    /// file what he may read.
    pub fn has(&self, mode: Mode, scope: Scope) -> bool {
        let scopes = self.of(mode);
        let of_everybody = matches!(scope, Scope::ApprovalsOwn | Scope::ExportsOwn);
        scopes.contains(&scope) || of_everybody && !scopes.is_empty()
    }

    /// The modes in which there is anything.
    pub fn modes(&self) -> Vec<Mode> {
        [Mode::Live, Mode::Test].into_iter().filter(|mode| !self.of(*mode).is_empty()).collect()
    }

    /// The largest refund.
    pub fn refund(&self) -> Limit {
        self.refund
    }

    /// These and others.
    pub fn join(&mut self, others: Self) {
        self.live.extend(others.live);
        self.test.extend(others.test);
        self.refund = self.refund.max(others.refund);
    }

    /// Refuses what is not among them: nobody gives a scope that he lacks.
    pub fn cover(&self, others: &Self) -> Result<(), Refusal> {
        for mode in [Mode::Live, Mode::Test] {
            if let Some(scope) = others.of(mode).difference(self.of(mode)).next() {
                return Err(Refusal::Lacks { scope: scope.name() });
            }
        }
        if others.refund > self.refund {
            return Err(Refusal::Lacks { scope: Scope::OrdersWrite.name() });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gives_what_he_lacks() {
        use Scope::{CatalogRead, OrdersRead, OrdersWrite};
        let both = [Mode::Live, Mode::Test];
        let mine = Rights::new(&both, [OrdersRead, OrdersWrite], Limit::UpTo(100));
        for (modes, scopes, limit, given) in [
            (&both[..], vec![OrdersRead], Limit::Unlimited, true),
            (&both[..1], vec![OrdersRead, OrdersWrite], Limit::UpTo(100), true),
            (&both, vec![OrdersWrite], Limit::UpTo(101), false),
            (&both, vec![OrdersWrite], Limit::Unlimited, false),
            (&both[1..], vec![CatalogRead], Limit::default(), false),
            (&both, vec![], Limit::default(), true),
        ] {
            let theirs = Rights::new(modes, scopes.clone(), limit);
            assert_eq!(mine.cover(&theirs).is_ok(), given, "{scopes:?} {limit:?}");
        }
        let live_only = Rights::new(&both[..1], [OrdersRead], Limit::default());
        let test = Rights::new(&both[1..], [OrdersRead], Limit::default());
        assert!(live_only.cover(&test).is_err(), "modes are apart");
    }
}
