//! Loads resources.

use super::rows::{key, named};
use super::sql;
use crate::Error;
use crate::load::asks::Asks;
use crate::seam::{Row, Value};
use domain::resource::registry::LINKS;
use domain::resource::stored_key;
use domain::resource::world::RowKey;
use domain::{Needs, World};

/// Kinds under their locks, then resources with what they claim and who refers to them: all of that changes only under
/// these locks.
pub(crate) fn resources<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    heads(needs, world, asks);
    rows(needs, world, asks);
    claims(needs, world, asks);
    referrers(needs, world, asks);
}

fn heads<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let known = &world.resource.heads;
    let wanted: Vec<_> = needs.resource.heads.iter().filter(|key| !known.knows(key)).collect();
    let keys = wanted.iter().map(|(t, kind)| [Value::bytes(t.bytes()), Value::Int(*kind)]);
    asks.rows(&sql::LOAD_HEADS, keys.collect(), move |world, found| {
        wanted.iter().for_each(|key| world.resource.heads.loaded(**key, None));
        for row in &found {
            world.resource.heads.loaded((row.tenant(0)?, row.int(1)?), Some(row.int(2)?));
        }
        Ok(())
    });
}

fn rows<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let known = &world.resource.rows;
    let wanted: Vec<_> = needs.resource.rows.iter().filter(|key| !known.knows(key)).collect();
    let keys = wanted.iter().map(|wanted| key(wanted)).collect();
    asks.rows(&sql::LOAD_ROWS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.resource.rows.loaded(**key, None));
        for row in &found {
            let resource = super::rows::resource(row)?;
            let key = (row.tenant(0)?, resource.kind, resource.id);
            world.resource.rows.loaded(key, Some(resource));
        }
        Ok(())
    });
}

fn claims<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let known = &world.resource.claims;
    let wanted: Vec<_> = needs.resource.claims.iter().filter(|key| !known.knows(key)).collect();
    let keys = wanted.iter().map(|(t, kind, name, value)| named(t, *kind, name, value)).collect();
    asks.rows(&sql::LOAD_CLAIMS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.resource.claims.loaded((*key).clone(), None));
        for row in &found {
            let name = super::rows::name_of(row.int(1)?, row.text(2)?)?;
            let key = (row.tenant(0)?, row.int(1)?, name, row.bytes(3)?.to_vec());
            world.resource.claims.loaded(key, Some(row.array(4)?));
        }
        Ok(())
    });
}

fn referrers<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let known = &world.resource.referrers;
    let wanted: Vec<&RowKey> =
        needs.resource.referrers.iter().filter(|key| !known.contains_key(key)).collect();
    let links = wanted.iter().flat_map(|(tenant, to, id)| {
        LINKS.iter().filter(move |link| link.to == *to).map(move |link| {
            let key = Value::Blob(stored_key(Some(id)).into());
            let (kind, name) = (Value::Int(link.from), Value::text(link.name));
            [Value::bytes(tenant.bytes()), kind, name, key, Value::Int(*to)]
        })
    });
    let keys: Vec<_> = links.collect();
    asks.rows(&sql::LOAD_REFERRERS, keys, move |world, found| {
        for key in wanted {
            world.resource.referrers.entry(*key).or_default();
        }
        found.iter().try_for_each(|row| referrer(world, row))
    });
}

/// `tenant, kind, name, key, id, target, archived_at`. What is archived holds nothing.
fn referrer(world: &mut World, row: &Row) -> Result<(), Error> {
    if row.maybe_int(6)?.is_some() {
        return Ok(());
    }
    let id = row.bytes(3)?.last_chunk().ok_or(Error::Corrupt("a reference"))?;
    let referrers = world.resource.referrers.entry((row.tenant(0)?, row.int(5)?, *id)).or_default();
    let name = super::rows::name_of(row.int(1)?, row.text(2)?)?;
    referrers.insert((row.int(1)?, name, row.array(4)?));
    Ok(())
}
