//! Rows of people, as the rules know them.

use crate::Error;
use crate::seam::Row;
use domain::people::Person;
use kernel::{PersonId, Timestamp};

/// `id, email, sealed, created_at, data`
pub fn person(row: &Row) -> Result<Person, Error> {
    Ok(Person {
        id: PersonId(row.array(0)?),
        email: row.maybe_array(1)?,
        sealed: row.bytes(2)?.to_vec(),
        created_at: Timestamp(row.int(3)?),
        profile: serde_json::from_str(row.text(4)?).map_err(|_| Error::Corrupt("a person"))?,
    })
}
