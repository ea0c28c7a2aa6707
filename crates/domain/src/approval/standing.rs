//! By which rows a person has his rights at a merchant: his membership with its roles, or the merchant's grants.

use crate::people::grant::OperatorGrant;
use crate::people::rights::Rights;
use crate::people::role::Role;
use crate::people::staff::Staff;
use crate::resource::world::RowKey;
use crate::resource::{Resource, Row, typed};
use crate::{At, Needs, World};
use kernel::{Id16, Mode, PersonId, Tenant, Timestamp};

/// A person with the rows that give him rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub person: PersonId,
    /// His membership.
    pub staff: Option<Id16>,
    /// Grants by which he came in.
    pub grants: Vec<Id16>,
}

impl Standing {
    /// The rows, and the roles that a membership names.
    pub fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let rows = &mut needs.resource.rows;
        rows.extend(self.grants.iter().map(|id| key::<OperatorGrant>(at.tenant, *id)));
        let Some(id) = self.staff else { return };
        rows.insert(key::<Staff>(at.tenant, id));
        let staff = living::<Staff>(at.world, at.tenant, id);
        let roles = staff.map(|staff| staff.own_roles()).unwrap_or_default();
        rows.extend(roles.into_iter().map(|role| key::<Role>(at.tenant, role)));
    }

    /// What he may do, by the rows of the batch.
    pub fn rights(&self, world: &World, tenant: Tenant, now: Timestamp) -> Rights {
        let mut all = Rights::default();
        for id in &self.grants {
            if let Some(grant) = living::<OperatorGrant>(world, tenant, *id) {
                all.join(grant.rights(now));
            }
        }
        let staff = self.staff.and_then(|id| living::<Staff>(world, tenant, id));
        if let Some(staff) = staff {
            all.join(staff.rights(&|id| Some(living::<Role>(world, tenant, id)?.rights())));
        }
        all
    }
}

fn key<T: Resource>(tenant: Tenant, id: Id16) -> RowKey {
    (Tenant::new(tenant.merchant(), Mode::Live), T::KIND.number, id)
}

/// What is archived gives nothing.
fn living<T: Resource>(world: &World, tenant: Tenant, id: Id16) -> Option<T> {
    let row = world.resource.rows.get(&key::<T>(tenant, id));
    row.filter(|row: &&Row| row.archived_at.is_none()).and_then(typed)
}
