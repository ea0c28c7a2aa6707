//! How callers name a buyer. An external id goes no further than here: a keyed tag finds its buyer,
//! and what is stored is sealed.

use domain::identity::buyer::{Buyer, BuyerRef};
use edge::auth::Caller;
use edge::problem::Problem;
use edge::wire::{BuyerId, ExternalBuyerId, only_objects};
use kernel::plain;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::Place;

/// A buyer by the merchant's own name for him or by our id. Exactly one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NamedBuyer {
    /// The merchant's own name for him.
    pub external_id: Option<ExternalBuyerId>,
    /// Our id.
    pub id: Option<BuyerId>,
}

only_objects!(NamedBuyer);

/// A buyer in an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuyerHandle {
    /// His id.
    pub id: BuyerId,
}

impl NamedBuyer {
    /// The buyer as a command names him. A name that people cannot tell from another is for buyers from before.
    pub fn reference(self, caller: &Caller) -> Result<BuyerRef, Problem> {
        match self.one()? {
            Name::Ours(id) => Ok(BuyerRef::Id(id)),
            Name::External(name) => {
                let tag = caller.vault().buyer_tag(caller.tenant(), &name);
                if !plain::is_name(&name) {
                    return Ok(BuyerRef::Known { tag });
                }
                let place =
                    Place { tenant: caller.tenant(), table: "buyers", row: &tag, column: "sealed" };
                let sealed = caller.vault().seal(&place, name.as_bytes());
                Ok(BuyerRef::External { tag, sealed })
            }
        }
    }

    /// The buyer, who must exist.
    pub async fn find(self, caller: &Caller) -> Result<Buyer, Problem> {
        let tenant = caller.tenant();
        let found = match self.one()? {
            Name::Ours(id) => caller.reader().buyer(tenant, id).await?,
            Name::External(name) => {
                let tag = caller.vault().buyer_tag(tenant, &name);
                caller.reader().buyer_by_tag(tenant, &tag).await?
            }
        };
        found.ok_or_else(|| Problem::not_found("buyer"))
    }

    fn one(self) -> Result<Name, Problem> {
        match (self.id, self.external_id) {
            (Some(id), None) => Ok(Name::Ours(id.0)),
            (None, Some(name)) => Ok(Name::External(name.0)),
            _ => Err(Problem::invalid("buyer", "send either external_id or id")),
        }
    }
}

enum Name {
    Ours(kernel::BuyerId),
    External(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buyer_has_exactly_one_name() {
        let id = kernel::BuyerId([1; 16]);
        let one = |body: &str| serde_json::from_str::<NamedBuyer>(body).expect("a buyer").one();
        assert!(matches!(one(r#"{"external_id":"a"}"#), Ok(Name::External(name)) if name == "a"));
        assert!(
            matches!(one(&format!(r#"{{"id":"{id}"}}"#)), Ok(Name::Ours(found)) if found == id)
        );
        for wrong in ["{}".to_owned(), format!(r#"{{"id":"{id}","external_id":"a"}}"#)] {
            let problem = one(&wrong).map(|_| ()).expect_err(&wrong);
            assert_eq!(problem.errors[0].field, "buyer");
        }
    }
}
