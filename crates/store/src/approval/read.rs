//! Reads approvals.

use super::rows::approval;
use crate::Error;
use crate::read::{LAST, Page, Reader};
use crate::seam::{Row, Value};
use domain::approval::{Approval, ApprovalState, Part};
use kernel::{ApprovalId, PersonId, Tenant};

impl Reader {
    /// An approval by its id.
    pub async fn approval(
        &self,
        tenant: Tenant,
        id: ApprovalId,
    ) -> Result<Option<Approval>, Error> {
        self.by_id(&super::sql::READ_APPROVAL, tenant, &id.0, approval).await
    }

    /// A tenant's approvals, newest first: those of one person or of all, in one state or in any.
    pub async fn approvals(
        &self,
        tenant: Tenant,
        of: Option<PersonId>,
        state: Option<ApprovalState>,
        page: Page<ApprovalId>,
    ) -> Result<Vec<Approval>, Error> {
        let page = page.bytes(|id| id.0);
        if let Some(person) = of {
            let before = page.after.unwrap_or(LAST);
            let state = state.map_or(0, |state| state as i64);
            let (book, person) = (Value::bytes(tenant.bytes()), Value::bytes(&person.0));
            let limit = Value::Int(i64::from(page.limit));
            let before = Value::bytes(&before);
            let from = [book, person, before, Value::Int(state), Value::Int(state), limit];
            return self.many(&super::sql::READ_APPROVALS_OF, &from, approval).await;
        }
        let Some(state) = state else {
            return self.newest(&super::sql::READ_APPROVALS, tenant, page, approval).await;
        };
        let before = page.after.unwrap_or(LAST);
        let (book, state) = (Value::bytes(tenant.bytes()), state as i64);
        let (at, before) = (Value::Int(state), Value::bytes(&before));
        let from = [book, at, before, Value::Int(state), Value::Int(i64::from(page.limit))];
        self.many(&super::sql::READ_APPROVALS_IN_STATE, &from, approval).await
    }

    /// A sealed part of an approval, while it is kept.
    pub async fn approval_part(
        &self,
        tenant: Tenant,
        id: ApprovalId,
        part: Part,
    ) -> Result<Option<Vec<u8>>, Error> {
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&id.0), Value::Int(part as i64)];
        self.one(&super::sql::READ_PART, &key, sealed).await
    }
}

fn sealed(row: &Row) -> Result<Vec<u8>, Error> {
    row.bytes(0).map(<[u8]>::to_vec)
}
