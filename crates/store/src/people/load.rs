//! Loads people.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::identity::operator;
use domain::{Needs, World};
use kernel::PersonId;

/// People by address and by id, the latter under their locks.
pub(crate) fn people<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let known = &world.people.emails;
    let tags: Vec<_> = needs.people.emails.iter().filter(|tag| !known.knows(tag)).collect();
    let keys = tags.iter().map(|tag| [Value::copy(operator().bytes()), Value::bytes(&tag[..])]);
    asks.rows(&super::sql::LOAD_PEOPLE_EMAILS, keys.collect(), move |world, found| {
        tags.iter().for_each(|tag| world.people.emails.loaded(**tag, None));
        for row in &found {
            world.people.emails.loaded(row.array(0)?, Some(PersonId(row.array(1)?)));
        }
        Ok(())
    });
    let known = &world.people.people;
    let ids: Vec<_> = needs.people.people.iter().filter(|id| !known.knows(id)).collect();
    let keys = ids.iter().map(|id| [Value::copy(operator().bytes()), Value::bytes(&id.0)]);
    asks.rows(&super::sql::LOAD_PEOPLE, keys.collect(), move |world, found| {
        ids.iter().for_each(|id| world.people.people.loaded(**id, None));
        for row in &found {
            let person = super::rows::person(row)?;
            world.people.people.loaded(person.id, Some(person));
        }
        Ok(())
    });
}
