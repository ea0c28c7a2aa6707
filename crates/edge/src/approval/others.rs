//! Who else could approve an act, and telling everybody where nobody can.

use crate::app::App;
use crate::auth::place;
use crate::message::Message;
use crate::problem::Problem;
use domain::approval::Approval;
use domain::approval::decide::Needed;
use domain::identity::operator;
use domain::people::role::Role;
use domain::people::staff::Staff;
use kernel::{Id16, Mode, PersonId, Tenant};
use std::collections::HashMap;

/// Whether anybody but `requester` could approve an act: staff whose roles let him, and who has chosen a password.
pub async fn can_approve(app: &App, needed: &Needed, requester: PersonId) -> Result<bool, Problem> {
    let (reader, vault) = (app.engine().reader(), app.engine().vault());
    let live = Tenant::new(needed.tenant.merchant(), Mode::Live);
    let roles: HashMap<Id16, Role> = place::all(reader, live).await?.into_iter().collect();
    for (_, staff) in place::all::<Staff>(reader, live).await? {
        let rights = staff.rights(&|id| roles.get(&id).map(Role::rights));
        if needed.covered_by(&rights).is_err() {
            continue;
        }
        let tag = vault.person_tag(operator(), staff.email.as_str());
        let person = reader.person_by_email(&tag).await?;
        let person = person.filter(|person| person.id != requester);
        if person.is_some_and(|person| person.profile.password.is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Tells all staff of a merchant that an act waits which nobody but its requester can approve.
pub async fn tell_everybody(app: &App, approval: &Approval) -> Result<(), Problem> {
    let reader = app.engine().reader();
    let live = Tenant::new(approval.tenant.merchant(), Mode::Live);
    let merchant = reader.tenant(live).await?;
    let whose = merchant.map_or_else(|| "Tessera".to_owned(), |merchant| merchant.name);
    let (id, words) = (approval.id.to_string(), approval.act.kind().words);
    for (_, staff) in place::all::<Staff>(reader, live).await? {
        app.tell(Message::alone(staff.email.as_str().to_owned(), &whose, &id, words));
    }
    Ok(())
}
