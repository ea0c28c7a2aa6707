//! A kind without its type: what the mechanism does with all kinds alike.

use super::{Field, Fields, Key, Keys, Kind, Reference, Refs, Resource, Row, Unreadable, Words};
use crate::Refusal;
use crate::approval::act::Act;
use crate::catalog::TenantCatalog;
use crate::people::rights::Rights;
use kernel::{Id16, Timestamp};
use serde_json::{Value, json};
use std::any::Any;
use utoipa::openapi::{RefOr, Schema};

/// A schema with its name.
pub type Named = (String, RefOr<Schema>);

/// A kind without its type.
#[derive(Debug)]
pub struct AnyKind {
    /// Its number, names, scopes and limit.
    pub kind: &'static Kind,
    /// The shape of new bodies.
    pub shape: i64,
    /// Whether rules of trades read it.
    pub read_by_rules: bool,
    /// Whether only people write it, in the live book.
    pub of_people: bool,
    /// What it is called.
    pub words: Words,
    /// How a form shows its fields.
    pub fields: &'static [Field],
    /// Fields whose text is sealed apart.
    pub secrets: &'static [&'static str],
    /// Fields that are pictures.
    pub pictures: &'static [&'static str],
    /// A good body, as callers send it.
    pub sample: &'static str,
    /// The schema of its body, and the schemas that it names.
    pub schema: fn() -> (Named, Vec<Named>),
    read: fn(&Fields) -> Result<Body, Unreadable>,
    read_stored: fn(&Fields) -> Option<Body>,
    initial: fn() -> Option<Body>,
    upcast: fn(i64, Value) -> Option<Value>,
}

/// The body of a resource of any kind.
pub type Body = Box<dyn AnyBody>;

/// What every body can be asked.
pub trait AnyBody: std::fmt::Debug + Send + Sync {
    /// Its rule. See [`Resource::check`].
    fn check(&self, was: Option<&dyn AnyBody>, at: &TenantCatalog) -> Result<(), Refusal>;
    /// Its keys.
    fn keys(&self) -> Vec<Key>;
    /// Its references.
    fn refs(&self) -> Vec<Reference>;
    /// What it lets somebody do. See [`Resource::gives`].
    fn gives(&self, roles: &dyn Fn(Id16) -> Option<Rights>) -> Rights;
    /// Which act it is to save it. See [`Resource::act`].
    fn act(&self, was: Option<&dyn AnyBody>) -> Option<Act>;
    /// As it is stored.
    fn fields(&self) -> Fields;
    /// Its type.
    fn as_any(&self) -> &dyn Any;
}

impl<T: Resource> AnyBody for T {
    fn check(&self, was: Option<&dyn AnyBody>, at: &TenantCatalog) -> Result<(), Refusal> {
        Resource::check(self, was.and_then(|was| was.as_any().downcast_ref()), at)
    }

    fn keys(&self) -> Vec<Key> {
        let mut keys = Keys::default();
        Resource::keys(self, &mut keys);
        keys.0
    }

    fn refs(&self) -> Vec<Reference> {
        let mut refs = Refs::default();
        Resource::refs(self, &mut refs);
        refs.0
    }

    fn gives(&self, roles: &dyn Fn(Id16) -> Option<Rights>) -> Rights {
        Resource::gives(self, roles)
    }

    fn act(&self, was: Option<&dyn AnyBody>) -> Option<Act> {
        Resource::act(self, was.and_then(|was| was.as_any().downcast_ref()))
    }

    fn fields(&self) -> Fields {
        Fields::of(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl AnyKind {
    /// A kind by its type.
    pub const fn of<T: Resource>() -> Self {
        Self {
            kind: T::KIND,
            shape: T::SHAPE,
            read_by_rules: T::READ_BY_RULES,
            of_people: T::OF_PEOPLE,
            words: T::WORDS,
            fields: T::FIELDS,
            secrets: T::SECRETS,
            pictures: T::PICTURES,
            sample: T::SAMPLE,
            schema: schema::<T>,
            read: read::<T>,
            read_stored: read_stored::<T>,
            initial: initial::<T>,
            upcast: T::upcast,
        }
    }

    /// The body that fields of this shape are, as somebody sent them.
    pub fn read(&self, fields: &Fields) -> Result<Body, Unreadable> {
        (self.read)(fields)
    }

    /// What there is of a kind of which each book has one, before anybody saved it.
    pub fn initial(&self) -> Option<Row> {
        let body = (self.initial)()?.fields();
        Some(Row { shape: self.shape, body, ..Row::first(self.kind, Timestamp(0)) })
    }

    /// The body that stored fields are, in whichever shape they are. `None` where the shape is unknown or they are none.
    pub fn stored(&self, shape: i64, fields: &Fields) -> Option<Body> {
        if shape == self.shape {
            return (self.read_stored)(fields);
        }
        (self.read_stored)(&self.in_newest_shape(shape, fields)?)
    }

    /// Fields of an older shape as they are today. `None` where the shape is unknown or they are none of it.
    pub fn in_newest_shape(&self, shape: i64, fields: &Fields) -> Option<Fields> {
        let mut old = Value::Object(fields.0.clone());
        if shape > self.shape {
            return None;
        }
        for shape in shape..self.shape {
            old = (self.upcast)(shape, old)?;
        }
        match old {
            Value::Object(fields) => Some(Fields(fields)),
            _ => None,
        }
    }

    /// A stored row as a value of its type. `None` where it is of another, or cannot be read.
    pub fn typed<T: Resource>(&self, row: &Row) -> Option<T> {
        self.stored(row.shape, &row.body)?.as_any().downcast_ref().cloned()
    }

    /// The sample as it is stored: of each secret a hint, of each picture what it is.
    pub fn stored_sample(&self) -> Fields {
        let Ok(mut sample) = serde_json::from_str::<Fields>(self.sample) else {
            unreachable!("a test reads every sample");
        };
        for secret in self.secrets {
            if let Some(Value::String(clear)) = sample.0.get(*secret) {
                let hinted = json!({ "hint": super::hint(clear) });
                sample.0.insert((*secret).to_owned(), hinted);
            }
        }
        for picture in self.pictures {
            let kept = json!({ "format": "png", "hash": "1f2e3d4c5b6a7988", "bytes": 4096 });
            sample.0.insert((*picture).to_owned(), kept);
        }
        sample
    }

    /// The names and types of its keys, references among them. Every body names all of them.
    pub fn keys(&self) -> Vec<Key> {
        self.read(&self.stored_sample()).map(|body| all_keys(body.as_ref())).unwrap_or_default()
    }

    /// Its references to others. Every body names all of them.
    pub fn refs(&self) -> Vec<Reference> {
        self.read(&self.stored_sample()).map(|body| body.refs()).unwrap_or_default()
    }
}

/// The keys of a body by which it is filtered and sorted: its own, and what it refers to.
pub fn all_keys(body: &dyn AnyBody) -> Vec<Key> {
    let refs = body.refs().into_iter().map(|reference| Key {
        name: reference.name,
        values: super::KeyType::Id(reference.prefix),
        unique: false,
        bytes: reference.id.map(|id| id.to_vec()),
    });
    let mut keys = body.keys();
    keys.extend(refs);
    keys
}

fn read<T: Resource>(fields: &Fields) -> Result<Body, Unreadable> {
    fields.read::<T>().map(|body| Box::new(body) as Body)
}

fn read_stored<T: Resource>(fields: &Fields) -> Option<Body> {
    fields.read_stored::<T>().map(|body| Box::new(body) as Body)
}

fn initial<T: Resource>() -> Option<Body> {
    T::initial().map(|body| Box::new(body) as Body)
}

fn schema<T: Resource>() -> (Named, Vec<Named>) {
    let mut others = Vec::new();
    T::schemas(&mut others);
    ((T::name().into_owned(), T::schema()), others)
}

/// Kinds are one if their numbers are.
impl PartialEq for AnyKind {
    fn eq(&self, other: &Self) -> bool {
        self.kind.number == other.kind.number
    }
}

impl Eq for AnyKind {}
