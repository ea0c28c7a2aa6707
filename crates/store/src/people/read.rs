//! Reads people.

use super::rows::person;
use crate::Error;
use crate::read::Reader;
use domain::identity::operator;
use domain::people::Person;
use kernel::{Id16, PersonId};

impl Reader {
    /// A person by his id.
    pub async fn person(&self, id: PersonId) -> Result<Option<Person>, Error> {
        self.by_id(&super::sql::READ_PERSON, operator(), &id.0, person).await
    }

    /// A person by the tag of his mail address.
    pub async fn person_by_email(&self, tag: &Id16) -> Result<Option<Person>, Error> {
        self.by_id(&super::sql::READ_PERSON_BY_EMAIL, operator(), tag, person).await
    }
}
