//! Buyers. Their external ids stop at the door: a keyed tag finds a buyer, a sealed original shows him.

use crate::identity::fact::BuyerCreated;
use crate::{At, Context, Needs, Refusal, World};
use kernel::{BuyerId, Id16, Tenant, Timestamp};

/// A buyer as a command names him.
#[derive(Debug, Clone)]
pub enum BuyerRef {
    /// By our own id; must exist.
    Id(BuyerId),
    /// By a name that no new buyer may have; must exist.
    Known {
        /// Keyed hash of the external id.
        tag: Id16,
    },
    /// By the merchant's name for him; made when new, where the command allows it.
    External {
        /// Keyed hash of the external id.
        tag: Id16,
        /// The sealed original, bound to the tag.
        sealed: Vec<u8>,
    },
}

/// A buyer's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// The pseudonym that everything else uses.
    pub id: BuyerId,
    /// Keyed hash of the external id, unique per tenant.
    pub tag: Id16,
    /// The sealed external id.
    pub sealed: Vec<u8>,
    /// When he was first seen.
    pub created_at: Timestamp,
}

/// Asks for the buyer's row; gives his id once it is known.
pub fn look_up(buyer: &BuyerRef, at: &At<'_>, needs: &mut Needs) -> Option<BuyerId> {
    let At { tenant, world, .. } = *at;
    match buyer {
        BuyerRef::Id(id) => {
            needs.identity.buyer_ids.insert((tenant, *id));
            Some(*id)
        }
        BuyerRef::Known { tag } | BuyerRef::External { tag, .. } => {
            needs.identity.buyer_tags.insert((tenant, *tag));
            let found = world.identity.buyers.get(&(tenant, *tag)).map(|row| row.id);
            let new = found.is_none() && world.identity.buyers.knows(&(tenant, *tag));
            needs.seal.oldest |= new && matches!(buyer, BuyerRef::External { .. });
            found
        }
    }
}

/// The buyer, or none if he is named by an external id that is new and may be stored as it is sealed.
pub fn find(buyer: &BuyerRef, tenant: Tenant, world: &World) -> Result<Option<BuyerId>, Refusal> {
    match buyer {
        BuyerRef::Id(id) if world.identity.buyer_ids.get(&(tenant, *id)).is_some() => Ok(Some(*id)),
        BuyerRef::Id(_) => Err(Refusal::NotFound("buyer")),
        BuyerRef::Known { tag } => match world.identity.buyers.get(&(tenant, *tag)) {
            Some(row) => Ok(Some(row.id)),
            None => {
                let detail = "send an id with a visible character and without invisible ones";
                Err(Refusal::invalid("buyer.external_id", detail))
            }
        },
        BuyerRef::External { tag, sealed } => match world.identity.buyers.get(&(tenant, *tag)) {
            Some(row) => Ok(Some(row.id)),
            None => world.seal.may_store(sealed).map(|()| None),
        },
    }
}

/// Makes the buyer that [`find`] did not find.
pub fn create(
    buyer: BuyerRef,
    tenant: Tenant,
    world: &mut World,
    ctx: &mut Context<'_>,
) -> BuyerId {
    let BuyerRef::External { tag, sealed } = buyer else {
        unreachable!("only a buyer with a fit name is new")
    };
    let id = BuyerId((ctx.draw)());
    let row = Buyer { id, tag, sealed, created_at: ctx.now };
    world.identity.buyers.insert((tenant, tag), row);
    world.identity.buyer_ids.insert((tenant, id), ());
    world.record(ctx, id.0, BuyerCreated { buyer: id });
    id
}
