//! Resources: what people configure, by one mechanism.
//!
//! A kind is one Rust type that implements [`Resource`], in a file of its context, and one line in [`registry`]. What
//! follows from the declaration is written once: routes, scopes, lists, history, uniqueness, references, secrets, facts
//! and checks. A resource is saved by one trade, [`save::Save`], or
//! many together by [`apply::Apply`]; both follow one rule, `plan`.

mod any;
pub mod apply;
mod carry_out;
mod colour;
pub mod fact;
mod fields;
mod keys;
mod kind;
mod picture;
mod plan;
mod refs;
pub mod registry;
pub mod sample;
pub mod save;
mod secret;
mod size;
mod strict;
mod text;
mod uploaded;
pub mod world;

pub use any::{AnyBody, AnyKind, Body};
pub use carry_out::{key_rows, stored_key};
pub use colour::HexColour;
pub use fields::{Fields, Unreadable};
pub use keys::{Key, KeyType, KeyValue, Keys};
pub(crate) use kind::kind;
pub use kind::{Field, Kind, Words};
pub use picture::{Picture, PictureFile, PictureFormat};
pub use refs::{Ref, RefValue, Reference, Refs};
pub use secret::{Secret, hint};
pub use text::{Line, Prose};
pub use uploaded::Uploaded;

use crate::Refusal;
use crate::approval::act::Act;
use crate::catalog::TenantCatalog;
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use crate::people::rights::Rights;
use kernel::{Id16, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

crate::dispatch::verbs! {
    Resource:
    "save_resource" => save::Save,
    "apply_resources" => apply::Apply,
    "compare_resources" => apply::Compare,
}

/// A kind of thing that people configure: its fields are those of the type, and everything that is special about it
/// stands here.
pub trait Resource:
    Serialize + DeserializeOwned + ToSchema + std::fmt::Debug + Clone + Send + Sync + 'static
{
    /// Its number, names, scopes and limit.
    const KIND: &'static Kind;
    /// Grows when stored bodies change; every shape of before keeps a frozen sample.
    const SHAPE: i64 = 1;
    /// Whether rules of trades read it: then an edit takes the lock of the configuration, which orders share.
    const READ_BY_RULES: bool = false;
    /// Whether it says who may do what: only people write it, in the live book, and it holds in both modes.
    const OF_PEOPLE: bool = false;
    /// What it is called, for people.
    const WORDS: Words;
    /// How a form shows its fields, in order.
    const FIELDS: &'static [Field];
    /// Fields whose text is sealed apart. In the body they are an `Option<Secret>`.
    const SECRETS: &'static [&'static str] = &[];
    /// Fields that are pictures, sent in base64. In the body they are an `Option<Picture>`.
    const PICTURES: &'static [&'static str] = &[];
    /// A good body with every field, as callers send it. Tests make bad ones of it.
    const SAMPLE: &'static str;

    /// What it is before anybody saved it, of a kind of which each book has one; `None` of kinds of many.
    fn initial() -> Option<Self> {
        None
    }

    /// What no single field tells: refuses what cannot be. `was` is none of a new one; `at` has what rules read.
    fn check(&self, was: Option<&Self>, at: &TenantCatalog) -> Result<(), Refusal> {
        let _ = (was, at);
        Ok(())
    }

    /// By what it is looked up, filtered and sorted. Names every key every time, also one without a value.
    fn keys(&self, keys: &mut Keys) {
        let _ = keys;
    }

    /// What it refers to. That must be there when it is saved, and stays as long as it is referred to.
    fn refs(&self, refs: &mut Refs) {
        let _ = refs;
    }

    /// What it lets somebody do, with the roles that it names: whoever saves it has all of that himself.
    fn gives(&self, roles: &dyn Fn(Id16) -> Option<Rights>) -> Rights {
        let _ = roles;
        Rights::default()
    }

    /// Which act it is to save it, where that may want a second person.
    fn act(&self, was: Option<&Self>) -> Option<Act> {
        let _ = was;
        Self::OF_PEOPLE.then_some(Act::People)
    }

    /// A body of shape `shape + 1`, from one of `shape`; `None` where there was no such shape.
    fn upcast(shape: i64, old: Value) -> Option<Value> {
        let _ = (shape, old);
        None
    }
}

/// The body of a stored resource as its type; none where it is of another kind or cannot be read.
pub fn typed<T: Resource>(row: &Row) -> Option<T> {
    let any = registry::numbered(row.kind).filter(|any| any.kind.number == T::KIND.number)?;
    any.stored(row.shape, &row.body)?.as_any().downcast_ref::<T>().cloned()
}

/// A resource as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The number of its kind.
    pub kind: i64,
    /// Its id.
    pub id: Id16,
    /// Grows by one with each change; 1 when it is made.
    pub version: i64,
    /// In which shape its body is.
    pub shape: i64,
    /// The tenant's version at its last change, of kinds that rules read; 0 of others.
    pub stamp: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub edited_at: Timestamp,
    /// Since when it is archived.
    pub archived_at: Option<Timestamp>,
    /// Its fields, without secrets.
    pub body: Fields,
}

impl Row {
    /// A row of the one that a book has of a kind, without fields.
    pub fn first(kind: &Kind, at: Timestamp) -> Self {
        Self {
            kind: kind.number,
            id: kind.only_id(),
            version: 0,
            shape: 1,
            stamp: 0,
            created_at: at,
            edited_at: at,
            archived_at: None,
            body: Fields::default(),
        }
    }
}

impl Answer for Row {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef { kind: OutcomeKind::Resource, subject: self.id, version: self.version })
    }
}
