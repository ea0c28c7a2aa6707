//! Read who those are that acted in the caller's book.

use domain::catalog::input::masked;
use domain::context::Actor;
use domain::people::Person;
use edge::answer::{Answer, Answered};
use edge::auth::{Caller, sessions};
use edge::extract::Query;
use edge::problem::Problem;
use edge::wire::{self, Wire};
use kernel::{Mode, PersonId, Tenant};
use serde::{Deserialize, Serialize};
use store::insight::Way;
use store::read::{AuditFilter, Whose};
use utoipa::{IntoParams, ToSchema};

/// People of one question.
const PEOPLE_MAX: usize = 50;
/// Parts of a book that are looked through for the act of somebody who does not belong to the merchant.
const PARTS_MAX: usize = 10;
/// Who is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeopleNamed {
    /// Up to 50 ids of people, with commas between them.
    #[param(min_length = 1)]
    ids: String,
}

/// A person who acted.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedPerson {
    /// His id.
    id: wire::PersonId,
    /// What he is called; null until he has set himself up.
    name: Option<String>,
    /// His mail address, masked; null until he has set himself up.
    email: Option<String>,
}

/// People.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedPeople {
    /// Those of the people that were asked for who have to do with the merchant.
    data: Vec<NamedPerson>,
}

/// Read who those are that acted for the merchant, by the ids that journal, histories and audit name.
///
/// Whoever works there may ask; programs may not. A person who has nothing to do with the merchant is left out, as one that there
/// is not.
#[utoipa::path(
    get, path = "/v1/people", tag = "staff",
    params(PeopleNamed), responses((status = 200, body = NamedPeople))
)]
pub async fn list_people(
    caller: Caller,
    Query(asked): Query<PeopleNamed>,
) -> Answered<NamedPeople> {
    let ids = read(&asked.ids)?;
    let mut data = Vec::new();
    for id in ids {
        let Some(person) = caller.reader().person(id).await? else { continue };
        if is_of(&person, caller.tenant()) || acted(&caller, id).await? {
            data.push(shown(&caller, &person).await?);
        }
    }
    Ok(Answer::ok(NamedPeople { data }))
}

fn read(ids: &str) -> Result<Vec<PersonId>, Problem> {
    let wrong = || Problem::invalid("ids", format!("send 1 to {PEOPLE_MAX} ids of people"));
    let mut ids = ids.split(',').map(PersonId::parse).collect::<Result<Vec<_>, _>>();
    if let Ok(ids) = &mut ids {
        ids.sort_unstable();
        ids.dedup();
    }
    ids.ok().filter(|ids| ids.len() <= PEOPLE_MAX).ok_or_else(wrong)
}

/// Whether the merchant took him in, whatever became of it.
fn is_of(person: &Person, tenant: Tenant) -> bool {
    person.profile.places.contains(&tenant.merchant())
}

/// Whether he did anything of late in a book of the merchant.
async fn acted(caller: &Caller, id: PersonId) -> Result<bool, Problem> {
    let filter = AuditFilter { whose: Whose::Of(Actor::Person(id)), ..AuditFilter::default() };
    for mode in [Mode::Live, Mode::Test] {
        let (book, mut behind) = (Tenant::new(caller.tenant().merchant(), mode), None);
        for _ in 0..PARTS_MAX {
            let page = caller.reader().audit(book, &filter, (Way::Down, behind), 1).await?;
            if !page.rows.is_empty() {
                return Ok(true);
            }
            behind = page.next;
            if behind.is_none() {
                break;
            }
        }
    }
    Ok(false)
}

async fn shown(caller: &Caller, person: &Person) -> Result<NamedPerson, Problem> {
    let contact = sessions::contact(caller.app(), person).await?;
    let told = |text: String| (!text.is_empty()).then_some(text);
    let email = told(contact.email).map(|email| masked(&email));
    Ok(NamedPerson { id: Wire(person.id), name: told(contact.name), email })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_once_each() {
        let id = |n: u8| PersonId([n; 16]);
        let text =
            |ids: &[u8]| ids.iter().map(|n| id(*n).to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(read(&text(&[2, 1, 2])).ok(), Some(vec![id(1), id(2)]));
        let many: Vec<u8> = (0..51).collect();
        assert!(read(&text(&many[..50])).is_ok());
        for wrong in ["", ",", "key_00000000000000000000000000", &text(&many)] {
            let problem = read(wrong).expect_err("it is refused");
            assert_eq!(problem.errors[0].field, "ids", "{wrong}");
        }
    }
}
