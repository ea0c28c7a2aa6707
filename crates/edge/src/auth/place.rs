//! Where a person works, and what he may do there: his membership, his roles, the networks of his merchant.

use crate::app::App;
use crate::problem::Problem;
use domain::approval::standing::Standing;
use domain::identity::operator;
use domain::people::grant::OperatorGrant;
use domain::people::network::{Network, StaffNetwork};
use domain::people::rights::Rights;
use domain::people::role::Role;
use domain::people::staff::{RoleName, Staff};
use domain::resource::{Resource, typed};
use kernel::limits::PAGE_ITEMS_MAX;
use kernel::{Id16, MerchantId, Mode, PersonId, Tenant, Timestamp};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use store::Reader;
use store::resource::read::{List, Order};

/// A place at which a person works.
#[derive(Debug, Clone)]
pub struct Place {
    /// The merchant; the operator as one.
    pub merchant: MerchantId,
    /// Its name.
    pub name: String,
    /// The zone in which its dates end.
    pub zone: String,
    /// His roles there, each with its name and its modes.
    pub roles: Vec<(String, Vec<Mode>)>,
    /// What all of them allow.
    pub rights: Arc<Rights>,
    /// His membership, of whoever has one.
    pub staff: Option<Id16>,
    /// Grants by which he comes in otherwise.
    pub grants: Vec<Id16>,
    networks: Vec<Network>,
}

impl Place {
    /// By which rows a person has his rights here.
    pub fn standing(&self, person: PersonId) -> Standing {
        Standing { person, staff: self.staff, grants: self.grants.clone() }
    }

    /// Whether it is the operator.
    pub fn is_operator(&self) -> bool {
        self.merchant == operator().merchant()
    }

    /// Whether staff may work from an address.
    pub fn admits(&self, address: Option<IpAddr>) -> bool {
        self.networks.is_empty()
            || address.is_some_and(|one| self.networks.iter().any(|net| net.contains(one)))
    }
}

/// The place of a person at a merchant; none where he has no membership.
pub async fn read(
    reader: &Reader,
    merchant: MerchantId,
    email: &str,
) -> Result<Option<Place>, Problem> {
    let live = Tenant::new(merchant, Mode::Live);
    let of_kind = (live, Staff::KIND.number);
    let found = reader.resource_of_claim(of_kind, "email", email.as_bytes()).await?;
    let Some(row) = found else { return Ok(None) };
    let Some(staff) = typed::<Staff>(&row) else { return Ok(None) };
    let mut own: HashMap<Id16, Role> = HashMap::new();
    for id in staff.own_roles() {
        let row = reader.resource(&(live, Role::KIND.number, id)).await?;
        let row = row.filter(|row| row.archived_at.is_none());
        own.extend(row.as_ref().and_then(typed::<Role>).map(|role| (id, role)));
    }
    let rights = Arc::new(staff.rights(&|id| own.get(&id).map(Role::rights)));
    let named = staff.roles.iter().filter_map(|role| match role {
        RoleName::BuiltIn(role) => Some((role.name().to_owned(), role.rights().modes())),
        RoleName::Own(id) => {
            own.get(&id.id()).map(|role| (role.name.0.clone(), role.modes.clone()))
        }
    });
    let roles = named.collect();
    let networks = all::<StaffNetwork>(reader, live).await?;
    let networks = networks.iter().filter_map(|(_, one)| Network::parse(&one.network.0)).collect();
    let (name, zone) = match reader.tenant(live).await? {
        Some(row) => (row.name, row.zone),
        None => (String::new(), "UTC".to_owned()),
    };
    let (staff, grants) = (Some(row.id), Vec::new());
    Ok(Some(Place { merchant, name, zone, roles, rights, staff, grants, networks }))
}

/// The place of the operator's people at a merchant who let them in; none without a grant that is in force.
pub async fn granted(
    reader: &Reader,
    merchant: MerchantId,
    now: Timestamp,
) -> Result<Option<Place>, Problem> {
    let live = Tenant::new(merchant, Mode::Live);
    let (mut rights, mut grants) = (Rights::default(), Vec::new());
    for (id, grant) in all::<OperatorGrant>(reader, live).await? {
        rights.join(grant.rights(now));
        grants.push(id);
    }
    let Some(row) = reader.tenant(live).await?.filter(|_| !rights.modes().is_empty()) else {
        return Ok(None);
    };
    let roles = vec![("operator_grant".to_owned(), rights.modes())];
    let (name, zone, rights) = (row.name, row.zone, Arc::new(rights));
    let (staff, networks) = (None, Vec::new());
    Ok(Some(Place { merchant, name, zone, roles, rights, staff, grants, networks }))
}

/// A person without any place: he may do nothing.
pub fn nowhere(person: PersonId) -> Standing {
    Standing { person, staff: None, grants: Vec::new() }
}

/// A person's place at a merchant as it is now: that of his membership, or the operator's by a grant.
pub async fn now(
    app: &App,
    merchant: MerchantId,
    person: PersonId,
) -> Result<Option<Place>, Problem> {
    let reader = app.engine().reader();
    let Some(person) = reader.person(person).await? else { return Ok(None) };
    let contact = super::sessions::contact(app, &person).await?;
    let places = &person.profile.places;
    if places.contains(&merchant) {
        return read(reader, merchant, &contact.email).await;
    }
    let of_operator = places.contains(&operator().merchant());
    let of_operator =
        of_operator && read(reader, operator().merchant(), &contact.email).await?.is_some();
    if of_operator { granted(reader, merchant, app.engine().now()).await } else { Ok(None) }
}

/// Every resource of a kind that is not archived, with its id.
pub async fn all<T: Resource>(reader: &Reader, live: Tenant) -> Result<Vec<(Id16, T)>, Problem> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let order = Order::Newest { after };
        let list = List { filters: Vec::new(), order, archived: false, limit: PAGE_ITEMS_MAX };
        let rows = reader.resources(live, T::KIND.number, &list).await?;
        all.extend(rows.iter().filter_map(|(row, _)| Some((row.id, typed(row)?))));
        match rows.last() {
            Some((last, _)) if rows.len() >= PAGE_ITEMS_MAX as usize => after = Some(last.id),
            _ => return Ok(all),
        }
    }
}
