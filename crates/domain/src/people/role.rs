//! A role (角色): scopes under a name. Some are built in; merchants make their own.

use super::rights::{Limit, Rights};
use crate::Refusal;
use crate::catalog::TenantCatalog;
use crate::identity::{Scope, operator};
use crate::payment::account::PaymentAccount;
use crate::payment::offline::OfflineTransfer;
use crate::resource::{Field, Keys, Kind, Line, Resource, Words, kind, registry};
use kernel::limits::AMOUNT_MINOR_MAX;
use kernel::{Mode, Tenant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A role that a merchant made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// What people read.
    pub name: Line<100>,
    /// What it allows.
    #[schema(value_type = Vec<String>)]
    pub scopes: Vec<Scope>,
    /// In which modes; at least one.
    #[schema(value_type = Vec<String>)]
    pub modes: Vec<Mode>,
    /// The largest refund, in minor units; without one, whatever was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0)]
    pub refund_up_to: Option<i64>,
}

/// A role that every merchant, or the operator, has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the table below says what each allows")]
pub enum BuiltIn {
    Owner,
    Operations,
    Finance,
    Service,
    CodeKeeper,
    Auditor,
    Developer,
    System,
    Security,
    Audit,
}

const BOTH: [Mode; 2] = [Mode::Live, Mode::Test];

impl BuiltIn {
    /// Those of merchants.
    pub const MERCHANT: [Self; 7] = [
        Self::Owner,
        Self::Operations,
        Self::Finance,
        Self::Service,
        Self::CodeKeeper,
        Self::Auditor,
        Self::Developer,
    ];

    /// Those of the operator: administration of the system, of security and of the audit are apart (三权分立).
    pub const OPERATOR: [Self; 3] = [Self::System, Self::Security, Self::Audit];

    /// Its written form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Operations => "operations",
            Self::Finance => "finance",
            Self::Service => "service",
            Self::CodeKeeper => "code_keeper",
            Self::Auditor => "auditor",
            Self::Developer => "developer",
            Self::System => "system",
            Self::Security => "security",
            Self::Audit => "audit",
        }
    }

    /// The role of a written form.
    pub fn parse(name: &str) -> Option<Self> {
        Self::MERCHANT.into_iter().chain(Self::OPERATOR).find(|role| role.name() == name)
    }

    /// What it allows: the table of roles.
    pub fn rights(self) -> Rights {
        use Scope::{
            ApprovalsDecide, ApprovalsRead, AuditRead, BuyersUnmask, CatalogRead, CatalogWrite,
            CodesImport, CodesManage, CodesReveal, CostsRead, JournalRead, KeysRead, KeysWrite,
            LedgerRead, MerchantsWrite, OrdersRead, OrdersWrite, RefundsOverride, VouchersRead,
            VouchersRedeem, VouchersWrite, WalletsRead, WalletsWrite,
        };
        let own = match self {
            Self::Owner => [&Scope::MERCHANT[..], &Scope::PEOPLE].concat(),
            Self::Operations => vec![
                CatalogRead,
                CatalogWrite,
                CostsRead,
                CodesImport,
                CodesManage,
                OrdersRead,
                VouchersRead,
                VouchersWrite,
                WalletsRead,
            ],
            Self::Finance => vec![
                CatalogRead,
                CostsRead,
                OrdersRead,
                OrdersWrite,
                RefundsOverride,
                VouchersRead,
                WalletsRead,
                WalletsWrite,
                LedgerRead,
                JournalRead,
                ApprovalsRead,
                ApprovalsDecide,
            ],
            Self::Service => {
                vec![
                    CatalogRead,
                    OrdersRead,
                    OrdersWrite,
                    CodesReveal,
                    VouchersRead,
                    VouchersRedeem,
                    WalletsRead,
                    BuyersUnmask,
                ]
            }
            Self::CodeKeeper => {
                vec![CatalogRead, CostsRead, CodesImport, CodesManage, VouchersRead, VouchersWrite]
            }
            Self::Auditor => {
                vec![
                    CatalogRead,
                    CostsRead,
                    OrdersRead,
                    VouchersRead,
                    WalletsRead,
                    LedgerRead,
                    JournalRead,
                    AuditRead,
                    ApprovalsRead,
                    KeysRead,
                ]
            }
            Self::Developer => {
                vec![CatalogRead, OrdersRead, VouchersRead, JournalRead, KeysRead, KeysWrite]
            }
            Self::System => vec![MerchantsWrite],
            Self::Security => vec![ApprovalsRead, ApprovalsDecide],
            Self::Audit => vec![JournalRead, AuditRead, ApprovalsRead],
        };
        Rights::new(&BOTH, own.into_iter().chain(self.kinds()), Limit::Unlimited)
    }

    /// The scopes of kinds of resources that it has.
    fn kinds(self) -> impl Iterator<Item = Scope> {
        let (trade_reads, trade_writes, people_reads, people_writes) = match self {
            Self::Owner => (true, true, true, true),
            Self::Operations | Self::Developer => (true, true, false, false),
            Self::Finance | Self::Service => (true, false, false, false),
            Self::Auditor => (true, false, true, false),
            Self::Audit => (false, false, true, false),
            Self::Security => (false, false, true, true),
            Self::CodeKeeper | Self::System => (false, false, false, false),
        };
        registry::ALL.iter().flat_map(move |any| {
            let number = any.kind.number;
            let (reads, writes) = if any.of_people {
                (people_reads, people_writes)
            } else {
                (trade_reads, trade_writes)
            };
            // Where the money of sales goes is not for those who list products or write programs.
            let of_money =
                [PaymentAccount::KIND.number, OfflineTransfer::KIND.number].contains(&number);
            let writes =
                if of_money { matches!(self, Self::Owner | Self::Finance) } else { writes };
            let read = reads.then_some(Scope::ResourceRead(number));
            let write = writes.then_some(Scope::ResourceWrite(number));
            read.into_iter().chain(write)
        })
    }

    /// Whether it is one of a tenant's: merchants have other roles than the operator.
    pub fn is_of(self, tenant: Tenant) -> bool {
        Self::OPERATOR.contains(&self) == (tenant.merchant() == operator().merchant())
    }
}

impl Role {
    /// What it allows.
    pub fn rights(&self) -> Rights {
        let refund = self.refund_up_to.map_or(Limit::Unlimited, Limit::UpTo);
        Rights::new(&self.modes, self.scopes.iter().copied(), refund)
    }
}

impl Resource for Role {
    const KIND: &'static Kind = kind!(12, "role", "roles", "rol");
    const OF_PEOPLE: bool = true;
    const WORDS: Words = Words { zh: "角色", en: "Role" };
    const FIELDS: &'static [Field] = &[
        Field::new("name", "名称", "Name", "text"),
        Field::new("scopes", "权限", "Scopes", "choice"),
        Field::new("modes", "模式", "Modes", "choice"),
        Field::new("refund_up_to", "退款上限", "Largest refund", "number").group("limits"),
    ];
    const SAMPLE: &'static str = r#"{"name":"夜班客服","scopes":["orders:read","orders:write"],
        "modes":["live","test"],"refund_up_to":5000}"#;

    fn check(&self, _: Option<&Self>, at: &TenantCatalog) -> Result<(), Refusal> {
        let mut seen = BTreeSet::new();
        let of_operator = at.row.tenant.merchant() == operator().merchant();
        for (n, scope) in self.scopes.iter().enumerate() {
            if Scope::OPERATOR.contains(scope) && !of_operator {
                let detail = "this is the operator's own scope";
                return Err(Refusal::invalid(format!("scopes[{n}]"), detail));
            }
            if !seen.insert(*scope) {
                return Err(Refusal::invalid(
                    format!("scopes[{n}]"),
                    "is there twice; send it once",
                ));
            }
        }
        if self.scopes.is_empty() {
            return Err(Refusal::invalid("scopes", "name at least one scope"));
        }
        let modes: BTreeSet<_> = self.modes.iter().collect();
        if modes.is_empty() || modes.len() != self.modes.len() {
            return Err(Refusal::invalid("modes", "name live, test or both, each once"));
        }
        if self.refund_up_to.is_some_and(|most| !(0..=AMOUNT_MINOR_MAX).contains(&most)) {
            let detail = format!("send 0 to {AMOUNT_MINOR_MAX}, or leave it out");
            return Err(Refusal::invalid("refund_up_to", detail));
        }
        Ok(())
    }

    fn keys(&self, keys: &mut Keys) {
        keys.unique("name", &self.name);
    }

    fn gives(&self, _: &dyn Fn(kernel::Id16) -> Option<Rights>) -> Rights {
        self.rights()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn administration_of_system_security_and_audit_are_apart() {
        let of = |role: BuiltIn| role.rights().of(Mode::Live).clone();
        let [system, security, audit] = BuiltIn::OPERATOR.map(of);
        assert!(system.is_disjoint(&security) && system.is_disjoint(&audit));
        let writes = |scope: &&Scope| !scope.name().ends_with(":read");
        assert_eq!(audit.iter().filter(writes).count(), 0, "who audits changes nothing");
        assert!(!security.contains(&Scope::MerchantsWrite));
    }

    #[test]
    fn an_owner_can_give_every_role_of_a_merchant_and_nobody_else_can() {
        let owner = BuiltIn::Owner.rights();
        for role in BuiltIn::MERCHANT {
            assert_eq!(owner.cover(&role.rights()), Ok(()), "{role:?}");
            let equal = role == BuiltIn::Owner;
            assert_eq!(role.rights().cover(&owner).is_ok(), equal, "{role:?}");
            assert!(!role.rights().has(Mode::Live, Scope::MerchantsWrite), "{role:?}");
        }
        for role in BuiltIn::OPERATOR {
            assert!(owner.cover(&role.rights()).is_err() || role != BuiltIn::System, "{role:?}");
        }
    }

    #[test]
    fn only_owners_and_security_write_what_only_people_write() {
        for role in BuiltIn::MERCHANT.into_iter().chain(BuiltIn::OPERATOR) {
            let rights = role.rights();
            let scopes = rights.of(Mode::Live).iter();
            let of_people = scopes.filter(|scope| scope.is_of_live_book());
            let writes = of_people.filter(|scope| scope.name().ends_with(":write")).count() > 0;
            assert_eq!(writes, matches!(role, BuiltIn::Owner | BuiltIn::Security), "{role:?}");
        }
    }
}
