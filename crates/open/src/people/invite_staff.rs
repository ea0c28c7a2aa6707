//! Invite a member of staff.

use domain::identity::operator;
use domain::people::invite::Invite;
use domain::people::staff::Staff;
use domain::people::{Contact, Link, LinkKind};
use domain::resource::{Resource, typed};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::auth::sessions::{Token, seal_contact};
use edge::extract::{Ask, At, Nothing};
use edge::message::Message;
use edge::problem::Problem;
use edge::wire::{PersonId, Wire};
use kernel::Tenant;
use kernel::limits::INVITATION_SECONDS;
use serde::Serialize;
use utoipa::ToSchema;

/// Who was invited.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invitation {
    /// The person.
    pub person: PersonId,
}

/// Invite a member of staff: he gets a message, and where he has no password yet, with a link to choose one. An
/// invitation before it opens nothing any more.
#[utoipa::path(
    post, path = "/v1/staff/{id}/invite", tag = "staff",
    params(("id" = String, Path)),
    request_body = Option<Nothing>, responses((status = 201, body = Invitation))
)]
pub async fn invite_staff(
    caller: Caller,
    At(id): At<String>,
    _: Ask<Nothing>,
) -> Answered<Invitation> {
    let id = Staff::KIND.parse(&id).ok_or_else(|| Problem::not_found("staff"))?;
    let row = caller.reader().resource(&(caller.tenant(), Staff::KIND.number, id)).await?;
    let row = row.filter(|row| row.archived_at.is_none());
    let staff = row.as_ref().and_then(typed::<Staff>).ok_or_else(|| Problem::not_found("staff"))?;
    let person = invite(&caller, caller.tenant(), &staff).await?;
    Ok(Answer::created(Invitation { person: Wire(person) }))
}

/// Takes a person in who stands in a merchant's live book, and tells him; gives who he is.
pub async fn invite(
    caller: &Caller,
    place: Tenant,
    staff: &Staff,
) -> Result<kernel::PersonId, Problem> {
    let (app, engine) = (caller.app(), caller.engine());
    let email = staff.email.as_str().to_owned();
    let tag = caller.vault().person_tag(operator(), &email);
    let known = caller.reader().person_by_email(&tag).await?;
    let person = known.map_or_else(|| kernel::PersonId(engine.draw()), |person| person.id);
    let contact = Contact { name: staff.name.0.clone(), email, totp: None };
    let token = Token::new(person);
    let until = engine.now().plus_micros(INVITATION_SECONDS * 1_000_000);
    let invite = Invite {
        id: person,
        email: tag,
        sealed: seal_contact(engine, person, &contact)?,
        place: place.merchant(),
        link: Link { hash: token.hash(), kind: LinkKind::Invitation, until },
    };
    let invited = caller.run_as_operator(invite).await?;
    app.sessions().forget();
    let merchant = caller.reader().tenant(place).await?;
    let whose = merchant.map_or_else(|| "Tessera".to_owned(), |merchant| merchant.name);
    let link = format!("{}/console/link#{}", app.settings().base_url, token.as_str());
    // A person who was made meanwhile has another id than this link; he is invited again.
    let link = (invited.needs_link && invited.person.id == person).then_some(link);
    app.tell(Message::invitation(&contact, &whose, link.as_deref()));
    Ok(invited.person.id)
}
