//! Renewing the keys that seal: a fresh key seals, rows are sealed again under it, the old key goes.
//!
//! The order is what makes it safe: first no row may come in under the old key any more, then what
//! lies under it is sealed again, then it is dropped. A rule sees sealed bytes only, old and new.

pub mod drop_seal_keys;
pub mod fact;
pub mod reseal_slice;
pub mod retire_seal_keys;
pub mod start_reseal;
pub mod world;

use crate::identity::operator;
use crate::inventory::CodePlace;
use crate::resource::world::RowKey;
use crate::work::{WorkKey, WorkKind};
use kernel::{ImportId, OrderId, Tenant};

crate::dispatch::verbs! {
    Seal:
    "start_reseal" => start_reseal::StartReseal,
    "retire_seal_keys" => retire_seal_keys::RetireSealKeys,
    "reseal_slice" => reseal_slice::ResealSlice,
    "drop_seal_keys" => drop_seal_keys::DropSealKeys,
}

/// The one job that seals everything again; it belongs to the operator.
pub fn job() -> WorkKey {
    WorkKey { kind: WorkKind::Reseal, tenant: operator(), subject: [0; 16] }
}

/// A sealed cell of some table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SealedCell {
    /// Of a code: its place.
    Code(CodePlace),
    /// Of a buyer: whose, and his tag.
    Buyer(Tenant, kernel::Id16),
    /// Of a staged piece: whose, of which import, which one.
    Chunk(Tenant, ImportId, i64),
    /// Of what a buyer answered: whose, with which order.
    Input(Tenant, OrderId),
    /// Of a person: his contact.
    Person(Tenant, kernel::Id16),
    /// A part of an act that waits for a second person, or of what it gave: of which approval, which part.
    Approval(Tenant, kernel::Id16, i64),
    /// Of a version of what buyers share: whose, which one.
    Content(Tenant, kernel::Id16),
    /// Of a secret of a resource: of which one, in which field.
    Secret(RowKey, String),
}

/// A cell that was sealed again outside. It is written only where the old bytes still stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resealed {
    /// Which cell.
    pub cell: SealedCell,
    /// What stood there.
    pub old: Vec<u8>,
    /// The same under the new key.
    pub new: Vec<u8>,
}
