//! Acts that may want a second person: the registry of their kinds, a line each.

use super::policy::ApprovalPolicy;
use crate::identity::Scope;
use crate::resource::Words;
use kernel::Money;
use serde::{Deserialize, Serialize};

crate::numbered::numbered! {
    /// A kind of act. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Act {
        /// Money goes back for an order.
        Refund = 1,
        /// A wallet is credited by hand.
        WalletCredit = 2,
        /// Many codes of an order are shown at once.
        RevealCodes = 3,
        /// A key is made through which such acts go, and are not held.
        ApiKey = 4,
        /// Staff, roles, networks or grants change.
        People = 5,
        /// What wants a second person changes, to less.
        Policy = 6,
        /// The unsold codes of a batch are taken in clear.
        ExportCodes = 7,
        /// A person says that a transfer came.
        TransferConfirm = 8,
    }
}

/// How large an act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Money.
    Amount(Money),
    /// Pieces.
    Pieces(i64),
}

impl Size {
    /// What is compared with a limit.
    pub fn number(self) -> i64 {
        match self {
            Self::Amount(money) => money.amount,
            Self::Pieces(pieces) => pieces,
        }
    }
}

/// Which acts of a kind are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// None.
    Never,
    /// Those that are larger.
    Above(i64),
    /// All.
    Always,
}

/// What there is to know of a kind of acts.
pub struct Kind {
    /// Which.
    pub act: Act,
    /// What it is called.
    pub words: Words,
    /// Which of them a policy holds.
    pub holds: fn(&ApprovalPolicy) -> Holds,
    /// The scopes that an act of this kind goes through: whoever gives one to a program lets it act alone.
    pub through: &'static [Scope],
    /// Whether what it gives is for nobody but who asked.
    pub gives_secrets: bool,
}

/// Every kind of acts.
#[rustfmt::skip] // One line a kind.
pub static KINDS: &[Kind] = &[
    kind(Act::Refund, "大额退款", "Large refund", |policy| Holds::Above(policy.refund_above), &[Scope::OrdersWrite]),
    kind(Act::WalletCredit, "大额人工充值", "Large manual credit", |policy| Holds::Above(policy.credit_above), &[Scope::WalletsWrite]),
    Kind { gives_secrets: true, ..kind(Act::RevealCodes, "批量查看卡密", "Bulk reveal", |policy| Holds::Above(policy.reveal_above), &[Scope::CodesReveal]) },
    Kind { gives_secrets: true, ..kind(Act::ApiKey, "创建敏感密钥", "Key with held scopes", |policy| switch(policy.keys), &[]) },
    kind(Act::TransferConfirm, "确认大额转账", "Large transfer confirmed", |policy| Holds::Above(policy.transfer_above), &[Scope::WalletsWrite]),
    kind(Act::People, "人员与角色变更", "Change of staff or roles", |policy| switch(policy.people), &[]),
    kind(Act::Policy, "放宽审批策略", "Weaker approval policy", |_| Holds::Always, &[]),
    // No key exports codes, so none acts alone through a scope.
    Kind { gives_secrets: true, ..kind(Act::ExportCodes, "导出卡密", "Export of codes", |_| Holds::Always, &[]) },
];

const fn kind(
    act: Act,
    zh: &'static str,
    en: &'static str,
    holds: fn(&ApprovalPolicy) -> Holds,
    through: &'static [Scope],
) -> Kind {
    Kind { act, words: Words { zh, en }, holds, through, gives_secrets: false }
}

fn switch(on: bool) -> Holds {
    if on { Holds::Always } else { Holds::Never }
}

impl Act {
    /// Its line in the registry.
    pub fn kind(self) -> &'static Kind {
        match KINDS.iter().find(|kind| kind.act == self) {
            Some(kind) => kind,
            None => unreachable!("a test looks for the line of every act"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_line() {
        for act in Act::ALL {
            assert_eq!(KINDS.iter().filter(|kind| kind.act == act).count(), 1, "{act:?}");
        }
    }
}
