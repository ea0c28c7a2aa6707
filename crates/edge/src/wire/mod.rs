//! Values as they are written on the wire, each with its OpenAPI schema.
//!
//! The kernel and the trades of the domain know how their values are written (serde) but nothing of OpenAPI, and
//! must not; only kinds of resources describe themselves. [`Wire`] carries such a value and adds the schema; where the written form differs from
//! the inner one, there is a type of its own here.

mod ids;
mod input;
mod money;
mod object;
mod refund_rule;
mod text;
mod voucher;
mod words;

pub use ids::*;
pub use input::{InputAnswers, InputCode};
pub use money::{Decimal, Money};
pub use object::{only_objects, written_as_read};
pub use refund_rule::RefundRule;
pub use text::*;
pub use voucher::{Hours, OnExpiry, Validity, VoucherWorth};
pub use words::*;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A value of ours with its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wire<T>(pub T);

/// What OpenAPI says of a written value.
pub trait Described {
    /// The schema's name.
    const NAME: &'static str;

    /// The schema.
    fn describe() -> Object;
}

impl<T: Described> PartialSchema for Wire<T> {
    fn schema() -> RefOr<Schema> {
        RefOr::T(Schema::Object(T::describe()))
    }
}

impl<T: Described> ToSchema for Wire<T> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }
}

/// A point in time: RFC 3339, UTC.
pub type Time = Wire<kernel::Timestamp>;

impl Described for kernel::Timestamp {
    const NAME: &'static str = "Time";

    fn describe() -> Object {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("A time, RFC 3339. Answers are in UTC."))
            .examples(["2027-01-31T08:00:00Z"])
            .build()
    }
}
