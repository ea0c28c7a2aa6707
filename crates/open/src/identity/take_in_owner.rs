//! Take in the owner of a merchant where nobody works yet. Only people say who works somewhere, and this is the first.

use super::merchant;
use crate::people::invite_staff::{Invitation, invite};
use domain::context::Origin;
use domain::identity::operator;
use domain::people::role::BuiltIn;
use domain::people::staff::{Email, RoleName, Staff};
use domain::resource::save::{Content, Save, Wish};
use domain::resource::{Line, Resource, registry, typed};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::problem::{ErrorCode, Problem};
use edge::wire::{self, Wire};
use kernel::{Id16, MerchantId, Mode, Tenant};
use serde::Deserialize;
use store::resource::read::{List, Order};
use utoipa::ToSchema;

/// The owner of a merchant's business.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOwner {
    /// His mail address, by which he signs in. The invitation goes there.
    pub email: Email,
    /// What others read.
    pub name: Line<100>,
}

/// Take in a merchant's first owner: he gets an invitation, and takes in everybody else himself. As long as he has not come
/// in, another call invites him again, or another in his place; then 409.
#[utoipa::path(
    post, path = "/v1/merchants/{id}/owner", tag = "merchants",
    params(("id" = inline(wire::MerchantId), Path)),
    request_body = NewOwner, responses((status = 201, body = Invitation))
)]
pub async fn take_in_owner(
    caller: Caller,
    At(id): At<MerchantId>,
    ask: Ask<NewOwner>,
) -> Answered<Invitation> {
    merchant(&caller, id).await?;
    let place = Tenant::new(id, Mode::Live);
    let owner = Staff {
        email: ask.body.email,
        name: ask.body.name,
        roles: vec![RoleName::BuiltIn(BuiltIn::Owner)],
    };
    match named_before(&caller, place).await? {
        Some((_, email)) if email == owner.email => {}
        Some((before, _)) => {
            save(&caller, place, before, Wish::Archive).await?;
            let fresh = caller.engine().draw();
            save(&caller, place, fresh, content(&owner)?).await?;
        }
        None => {
            let first = first_id(&caller, place).await?;
            save(&caller, place, first, content(&owner)?).await?;
        }
    }
    let person = invite(&caller, place, &owner).await?;
    caller.app().sessions().forget();
    Ok(Answer::created(Invitation { person: Wire(person) }))
}

/// Who was named owner and has not come in; none where nobody works. Refuses where somebody does.
async fn named_before(caller: &Caller, place: Tenant) -> Result<Option<(Id16, Email)>, Problem> {
    let reader = caller.reader();
    let order = Order::Newest { after: None };
    let list = List { filters: Vec::new(), order, archived: false, limit: 2 };
    let rows = reader.resources(place, Staff::KIND.number, &list).await?;
    let Some((row, _)) = rows.first() else { return Ok(None) };
    let staff = typed::<Staff>(row).ok_or_else(|| Problem::internal("no staff"))?;
    let tag = caller.vault().person_tag(operator(), staff.email.as_str());
    let person = reader.person_by_email(&tag).await?;
    // Nobody has the address where the program ended between the entry and the invitation.
    let came_in = person.is_some_and(|person| person.profile.password.is_some());
    if rows.len() > 1 || came_in {
        let cure = "people work there already; its owner takes in others";
        return Err(Problem::new(ErrorCode::ResourceState, cure));
    }
    Ok(Some((row.id, staff.email.clone())))
}

/// Where the first one stands: one place, so that of two who are named at once one is refused.
async fn first_id(caller: &Caller, place: Tenant) -> Result<Id16, Problem> {
    let first = place.merchant().0;
    let taken = caller.reader().resource(&(place, Staff::KIND.number, first)).await?;
    Ok(taken.map_or(first, |_| caller.engine().draw()))
}

fn content(owner: &Staff) -> Result<Wish, Problem> {
    let fields = serde_json::to_value(owner).and_then(serde_json::from_value);
    let fields = fields.map_err(Problem::internal)?;
    Ok(Wish::Put(Content { fields, sealed: Vec::new(), pictures: Vec::new() }))
}

/// Saves in the merchant's book what the program itself may: the caller has no rights there. His own book names him, with the
/// same request.
async fn save(caller: &Caller, place: Tenant, id: Id16, wish: Wish) -> Result<(), Problem> {
    let kind = registry::numbered(Staff::KIND.number);
    let kind = kind.ok_or_else(|| Problem::internal("no staff"))?;
    let expected = matches!(wish, Wish::Put(_)).then(|| vec![0]);
    let save = Save { kind, id, wish, expected, by: None };
    let origin = Origin { tenant: place, actor: None, ..caller.origin() };
    caller.engine().run(origin, save).await?;
    Ok(())
}
