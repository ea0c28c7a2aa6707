//! Loads merchants, keys and buyers.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::{Needs, World};
use kernel::BuyerId;

/// Keys of the open API.
pub(crate) fn api_keys<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.identity.api_keys.iter().filter(|id| !world.identity.api_keys.knows(id)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_API_KEYS, keys, move |world, found| {
        wanted.iter().for_each(|id| world.identity.api_keys.loaded(**id, None));
        for row in &found {
            let key = super::rows::api_key(row)?;
            world.identity.api_keys.loaded((key.tenant, key.id), Some(key));
        }
        Ok(())
    });
}

/// Buyers by tag and by id.
pub(crate) fn buyers<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let tags: Vec<_> =
        needs.identity.buyer_tags.iter().filter(|key| !world.identity.buyers.knows(key)).collect();
    let keys = tags.iter().map(|(t, tag)| [Value::bytes(t.bytes()), Value::bytes(tag)]).collect();
    asks.rows(&super::sql::LOAD_BUYERS_BY_TAG, keys, move |world, found| {
        tags.iter().for_each(|key| world.identity.buyers.loaded(**key, None));
        for row in &found {
            let (tenant, buyer) = (row.tenant(0)?, super::rows::buyer(row)?);
            world.identity.buyers.loaded((tenant, buyer.tag), Some(buyer));
        }
        Ok(())
    });
    let ids: Vec<_> = needs
        .identity
        .buyer_ids
        .iter()
        .filter(|key| !world.identity.buyer_ids.knows(key))
        .collect();
    let keys = ids.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_BUYERS_BY_ID, keys, move |world, found| {
        ids.iter().for_each(|key| world.identity.buyer_ids.loaded(**key, None));
        for row in &found {
            let key = (row.tenant(0)?, BuyerId(row.array(1)?));
            world.identity.buyer_ids.loaded(key, Some(()));
        }
        Ok(())
    });
}
