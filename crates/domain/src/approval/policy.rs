//! Approval policy (审批策略): which acts of people want a second person, and how long they wait. There is one in each live book.

use super::act::{Act, Holds, KINDS, Size};
use crate::catalog::TenantCatalog;
use crate::identity::Scope;
use crate::resource::{Field, Kind, Resource, Words, kind, typed};
use crate::{Needs, Refusal, World};
use kernel::limits::{AMOUNT_MINOR_MAX, APPROVAL_HOURS, APPROVAL_HOURS_MAX, ORDER_QUANTITY_MAX};
use kernel::{Mode, Tenant};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Which acts want a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ApprovalPolicy {
    /// Refunds of more than this, in minor units.
    #[schema(minimum = 0)]
    pub refund_above: i64,
    /// Manual credits of wallets of more than this, in minor units.
    #[schema(minimum = 0)]
    pub credit_above: i64,
    /// Confirmed transfers of more than this, in minor units.
    #[schema(minimum = 0)]
    pub transfer_above: i64,
    /// Reveals of more codes at once than this.
    #[schema(minimum = 0, maximum = 500)]
    pub reveal_above: i64,
    /// Keys through which such acts would go without being held.
    pub keys: bool,
    /// Every change of staff, roles, networks and grants.
    pub people: bool,
    /// For how many hours an act waits.
    #[schema(minimum = 1, maximum = 720)]
    pub hours: i64,
}

impl Default for ApprovalPolicy {
    fn default() -> Self {
        Self {
            refund_above: 100_000,
            credit_above: 1_000_000,
            transfer_above: 1_000_000,
            reveal_above: 20,
            keys: true,
            people: false,
            hours: APPROVAL_HOURS,
        }
    }
}

impl ApprovalPolicy {
    /// Whether an act of a size is held.
    pub fn holds(&self, act: Act, size: Option<Size>) -> bool {
        match (act.kind().holds)(self) {
            Holds::Never => false,
            Holds::Always => true,
            Holds::Above(limit) => size.is_none_or(|size| size.number() > limit),
        }
    }

    /// Whether acts that are held go through one of these scopes.
    pub fn holds_any_of(&self, scopes: &[Scope]) -> bool {
        let mut held = KINDS.iter().filter(|kind| (kind.holds)(self) != Holds::Never);
        held.any(|kind| kind.through.iter().any(|scope| scopes.contains(scope)))
    }

    /// Whether it holds less than another.
    fn is_weaker_than(&self, was: &Self) -> bool {
        self.refund_above > was.refund_above
            || self.credit_above > was.credit_above
            || self.transfer_above > was.transfer_above
            || self.reveal_above > was.reveal_above
            || (was.keys && !self.keys)
            || (was.people && !self.people)
    }
}

impl Resource for ApprovalPolicy {
    const KIND: &'static Kind = kind!(15, "approval_policy", "approval_policy", "apc");
    const OF_PEOPLE: bool = true;
    /// Shape 1 did not know of transfers.
    const SHAPE: i64 = 2;
    const WORDS: Words = Words { zh: "审批策略", en: "Approval policy" };
    const FIELDS: &'static [Field] = &[
        Field::new("refund_above", "退款超过", "Refunds above", "number"),
        Field::new("credit_above", "人工充值超过", "Manual credits above", "number"),
        Field::new("transfer_above", "确认转账超过", "Confirmed transfers above", "number"),
        Field::new("reveal_above", "查看卡密超过", "Reveals above", "number"),
        Field::new("keys", "敏感密钥", "Keys with held scopes", "switch"),
        Field::new("people", "人员与角色变更", "Changes of staff and roles", "switch"),
        Field::new("hours", "等待小时数", "Hours to wait", "number"),
    ];
    const SAMPLE: &'static str = r#"{"refund_above":50000,"credit_above":500000,"transfer_above":800000,
        "reveal_above":10,
        "keys":true,"people":false,"hours":48}"#;

    fn initial() -> Option<Self> {
        Some(Self::default())
    }

    fn upcast(shape: i64, mut old: Value) -> Option<Value> {
        let fields = old.as_object_mut().filter(|_| shape == 1)?;
        fields.insert("transfer_above".to_owned(), Self::default().transfer_above.into());
        Some(old)
    }

    fn check(&self, _: Option<&Self>, _: &TenantCatalog) -> Result<(), Refusal> {
        for (field, value, max) in [
            ("refund_above", self.refund_above, AMOUNT_MINOR_MAX),
            ("credit_above", self.credit_above, AMOUNT_MINOR_MAX),
            ("transfer_above", self.transfer_above, AMOUNT_MINOR_MAX),
            ("reveal_above", self.reveal_above, i64::from(ORDER_QUANTITY_MAX)),
        ] {
            if !(0..=max).contains(&value) {
                return Err(Refusal::invalid(field, format!("send 0 to {max}")));
            }
        }
        if !(1..=APPROVAL_HOURS_MAX).contains(&self.hours) {
            return Err(Refusal::invalid("hours", format!("send 1 to {APPROVAL_HOURS_MAX}")));
        }
        Ok(())
    }

    /// To hold less is an act of its own; to hold more is none.
    fn act(&self, was: Option<&Self>) -> Option<Act> {
        let first = Self::default();
        self.is_weaker_than(was.unwrap_or(&first)).then_some(Act::Policy)
    }
}

/// The policy of a tenant's merchant.
pub fn needs(tenant: Tenant, needs: &mut Needs) {
    needs.resource.rows.insert(key(tenant));
}

/// The same, as the loaded rows tell it.
pub fn of(world: &World, tenant: Tenant) -> ApprovalPolicy {
    let row = world.resource.rows.get(&key(tenant));
    row.and_then(typed).unwrap_or_default()
}

fn key(tenant: Tenant) -> crate::resource::world::RowKey {
    let live = Tenant::new(tenant.merchant(), Mode::Live);
    (live, ApprovalPolicy::KIND.number, ApprovalPolicy::KIND.only_id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_less_is_an_act_and_what_holds_more_is_none() {
        let first = ApprovalPolicy::default();
        for (policy, weaker) in [
            (first.clone(), false),
            (ApprovalPolicy { refund_above: 100_001, ..first.clone() }, true),
            (ApprovalPolicy { refund_above: 99_999, ..first.clone() }, false),
            (ApprovalPolicy { credit_above: 1_000_001, ..first.clone() }, true),
            (ApprovalPolicy { transfer_above: 1_000_001, ..first.clone() }, true),
            (ApprovalPolicy { reveal_above: 21, ..first.clone() }, true),
            (ApprovalPolicy { keys: false, ..first.clone() }, true),
            (ApprovalPolicy { people: true, ..first.clone() }, false),
            (ApprovalPolicy { people: true, credit_above: 1_000_001, ..first.clone() }, true),
        ] {
            assert_eq!(policy.act(None).is_some(), weaker, "{policy:?}");
        }
        let strict = ApprovalPolicy { people: true, ..first.clone() };
        assert_eq!(first.act(Some(&strict)), Some(Act::Policy));
    }

    #[test]
    fn a_size_is_held_above_its_limit() {
        let policy = ApprovalPolicy::default();
        for (act, size, held) in [
            (Act::RevealCodes, Some(Size::Pieces(20)), false),
            (Act::RevealCodes, Some(Size::Pieces(21)), true),
            (Act::RevealCodes, None, true),
            (Act::People, None, false),
            (Act::ApiKey, None, true),
            (Act::Policy, None, true),
        ] {
            assert_eq!(policy.holds(act, size), held, "{act:?} {size:?}");
        }
        assert!(policy.holds_any_of(&[Scope::CatalogRead, Scope::OrdersWrite]));
        assert!(!policy.holds_any_of(&[Scope::CatalogRead, Scope::OrdersRead]));
    }
}
