//! Writes people.

use crate::Error;
use crate::rows::json;
use crate::seam::{Calls, Value};
use domain::identity::operator;
use domain::people::world::Rows;

/// Writes who is new, who changed, and the addresses by which they are found.
pub(crate) fn write<'w>(people: &'w Rows, calls: &mut Calls<'w>) -> Result<(), Error> {
    let owner = || Value::copy(operator().bytes());
    let email =
        |email: &'w Option<[u8; 16]>| Value::maybe_bytes(email.as_ref().map(|tag| &tag[..]));
    let rows = people.people.added().into_iter().map(|(id, person)| {
        let (sealed, at) = (Value::bytes(&person.sealed), Value::Int(person.created_at.0));
        let data = json(&person.profile)?;
        Ok([owner(), Value::bytes(&id.0), email(&person.email), sealed, at, data])
    });
    calls.write_all(&super::sql::INSERT_PEOPLE, rows.collect::<Result<_, Error>>()?);
    let rows = people.people.changed().into_iter().map(|(id, person)| {
        let (sealed, data) = (Value::bytes(&person.sealed), json(&person.profile)?);
        Ok([owner(), Value::bytes(&id.0), email(&person.email), sealed, data])
    });
    calls.write_all(&super::sql::UPDATE_PEOPLE, rows.collect::<Result<_, Error>>()?);
    let rows = people.emails.added().into_iter();
    let rows = rows.map(|(tag, id)| [owner(), Value::bytes(&tag[..]), Value::bytes(&id.0)]);
    calls.write_all(&super::sql::INSERT_PEOPLE_EMAILS, rows.collect());
    Ok(())
}
