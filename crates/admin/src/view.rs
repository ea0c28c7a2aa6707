//! A session as the console sees it.

use domain::identity::Scope;
use domain::people::rights::Rights;
use edge::App;
use edge::auth::place::Place;
use edge::auth::sessions::SignedIn;
use kernel::{MerchantId, Mode, PersonId};
use serde::Serialize;
use std::collections::BTreeSet;

/// A session.
#[derive(Serialize)]
pub struct SessionView {
    csrf: String,
    person: PersonView,
    roles: Vec<RoleView>,
    scopes: Vec<&'static str>,
    must_change_password: bool,
    /// In which mode a person acts who does not say.
    default_mode: Mode,
}

#[derive(Serialize)]
struct PersonView {
    id: PersonId,
    name: String,
    email: String,
}

/// A role at a merchant, or at the operator.
#[derive(Serialize)]
struct RoleView {
    role: String,
    merchant: Option<MerchantView>,
    modes: Vec<Mode>,
}

#[derive(Serialize)]
struct MerchantView {
    id: MerchantId,
    name: String,
    zone: String,
}

impl SessionView {
    /// A session with its roles, and the scopes at the merchant that a request names, or all of them.
    pub fn of(app: &App, signed_in: &SignedIn, named: Option<MerchantId>) -> Self {
        let role = |place: &Place| {
            let merchant = (!place.is_operator()).then(|| MerchantView {
                id: place.merchant,
                name: place.name.clone(),
                zone: place.zone.clone(),
            });
            let of = move |(role, modes): &(String, Vec<Mode>)| RoleView {
                role: role.clone(),
                merchant: merchant.as_ref().map(|one| MerchantView {
                    id: one.id,
                    name: one.name.clone(),
                    zone: one.zone.clone(),
                }),
                modes: modes.clone(),
            };
            place.roles.iter().map(of).collect::<Vec<_>>()
        };
        let known = named.filter(|named| signed_in.place(*named).is_some());
        let places = signed_in.places.iter();
        let counted = places.clone().filter(|place| known.is_none_or(|one| place.merchant == one));
        let served: BTreeSet<Scope> = Scope::MERCHANT
            .into_iter()
            .chain(Scope::PEOPLE)
            .chain(Scope::OPERATOR)
            .chain([Scope::ExportsOwn])
            .chain(Scope::of(app.settings().kinds))
            .collect();
        let has = |rights: &Rights, scope| {
            [Mode::Live, Mode::Test].iter().any(|mode| rights.has(*mode, scope))
        };
        let may = |scope: &Scope| counted.clone().any(|place| has(&place.rights, *scope));
        let scopes: BTreeSet<Scope> = served.into_iter().filter(may).collect();
        let contact = &signed_in.contact;
        Self {
            csrf: signed_in.csrf.clone(),
            person: PersonView {
                id: signed_in.person,
                name: contact.name.clone(),
                email: contact.email.clone(),
            },
            roles: places.flat_map(role).collect(),
            scopes: scopes.into_iter().map(Scope::name).collect(),
            must_change_password: signed_in.must_change_password,
            default_mode: app.settings().default_mode,
        }
    }
}
