//! References from one resource to others.

use super::Resource;
use kernel::{Id16, id};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The id of a resource of one kind, as a field of another resource.
pub struct Ref<T>(Id16, PhantomData<fn() -> T>);

/// The references of one resource.
#[derive(Debug, Default)]
pub struct Refs(pub(super) Vec<Reference>);

/// A reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The field that it stands in.
    pub name: &'static str,
    /// The number of the kind that is referred to.
    pub kind: i64,
    /// What the ids of that kind start with.
    pub prefix: &'static str,
    /// Which one; none where the field names none.
    pub id: Option<Id16>,
}

/// A field that may name others of a kind.
pub trait RefValue<T> {
    /// Which ones.
    fn ids(&self) -> Vec<Id16>;
}

impl Refs {
    /// A field that refers to resources of a kind.
    pub fn to<T: Resource>(&mut self, name: &'static str, value: &impl RefValue<T>) {
        let of = |id| Reference { name, kind: T::KIND.number, prefix: T::KIND.prefix, id };
        let ids = value.ids();
        if ids.is_empty() {
            self.0.push(of(None));
        }
        self.0.extend(ids.into_iter().map(|id| of(Some(id))));
    }
}

impl<T> Ref<T> {
    /// The reference to an id.
    pub fn new(id: Id16) -> Self {
        Self(id, PhantomData)
    }

    /// Which one.
    pub fn id(&self) -> Id16 {
        self.0
    }
}

impl<T> RefValue<T> for Ref<T> {
    fn ids(&self) -> Vec<Id16> {
        vec![self.0]
    }
}

impl<T> RefValue<T> for Option<Ref<T>> {
    fn ids(&self) -> Vec<Id16> {
        self.iter().map(Ref::id).collect()
    }
}

impl<T> RefValue<T> for Vec<Ref<T>> {
    fn ids(&self) -> Vec<Id16> {
        self.iter().map(Ref::id).collect()
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ref<T> {}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Ref<T> {}

impl<T: Resource> fmt::Display for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", T::KIND.prefix, id::encode(&self.0))
    }
}

impl<T: Resource> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T: Resource> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de, T: Resource> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(d)?;
        let found = T::KIND.parse(&text).map(Self::new);
        found.ok_or_else(|| de::Error::custom(kernel::IdError { prefix: T::KIND.prefix }))
    }
}

impl<T: Resource> PartialSchema for Ref<T> {
    fn schema() -> RefOr<Schema> {
        let pattern = format!("^{}_[0-9a-hjkmnp-tv-z]{{26}}$", T::KIND.prefix);
        ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).into()
    }
}

impl<T: Resource> ToSchema for Ref<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Id", T::name()))
    }
}
