//! Lists come in pages with one opaque cursor, newest first unless a list says otherwise.

use crate::problem::Problem;
use kernel::limits::PAGE_ITEMS_MAX;
use kernel::{Id16, id};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::borrow::Cow;
use std::cell::Cell;
use utoipa::openapi::schema::{Array, ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

/// Items of a page when the caller does not say.
const ITEMS_USUAL: u32 = 50;

/// Which page is wanted.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct List {
    /// Items of the page.
    #[param(inline)]
    #[serde(default)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(inline)]
    #[serde(default)]
    pub after: Option<Cursor>,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(bound = "T: ToSchema")]
pub struct Page<T> {
    /// The items.
    #[schema(schema_with = items::<T>)]
    pub data: Vec<T>,
    /// Send it as `after` for the next page; null when there is none.
    pub next: Option<Cursor>,
}

/// Refers to the item's schema; utoipa itself would repeat the whole of it.
fn items<T: ToSchema>() -> Array {
    let item = Ref::from_schema_name(T::name());
    ArrayBuilder::new().items(item).description(Some("The items.")).build()
}

impl List {
    /// The page to read: one item more than wanted, which tells whether there is a next page.
    pub fn page<K>(&self, key: fn(Id16) -> K) -> store::read::Page<K> {
        let after = self.after.map(|cursor| key(cursor.0));
        store::read::Page { limit: self.limit.0 + 1, after }
    }

    /// Takes the one item more away again and makes the cursor from the last that is shown.
    pub fn cut<R>(&self, rows: &mut Vec<R>, key: impl Fn(&R) -> Id16) -> Option<Cursor> {
        let shown = self.limit.0 as usize;
        let more = rows.len() > shown;
        rows.truncate(shown);
        rows.last().filter(|_| more).map(|last| Cursor(key(last)))
    }

    /// The page of rows that were read with [`List::page`].
    pub fn show<R, T>(
        &self,
        mut rows: Vec<R>,
        key: impl Fn(&R) -> Id16,
        view: impl Fn(&R) -> Result<T, Problem>,
    ) -> Result<Page<T>, Problem> {
        let next = self.cut(&mut rows, key);
        Ok(Page { data: rows.iter().map(view).collect::<Result<_, _>>()?, next })
    }
}

/// How many items a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(pub u32);

/// Goes with a request that reads a whole list within the process: its pages have so many items, whatever it says.
#[derive(Debug, Clone, Copy)]
pub struct LongPages(pub u32);

thread_local! {
    /// The items of a page while the query of such a request is read.
    static LONG: Cell<Option<u32>> = const { Cell::new(None) };
}

impl LongPages {
    /// Reads a query with these pages.
    pub(crate) fn reading<T>(self, read: impl FnOnce() -> T) -> T {
        LONG.set(Some(self.0));
        let found = read();
        LONG.set(None);
        found
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(ITEMS_USUAL)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        // A body has a number, a query string has only text.
        d.deserialize_any(LimitVisitor)
    }
}

struct LimitVisitor;

impl de::Visitor<'_> for LimitVisitor {
    type Value = Limit;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a whole number from 1 to {PAGE_ITEMS_MAX}")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Limit, E> {
        let number = u32::try_from(number).ok().filter(|n| (1..=PAGE_ITEMS_MAX).contains(n));
        let wrong = || E::invalid_value(de::Unexpected::Other("another number"), &self);
        number.map(|number| Limit(LONG.get().unwrap_or(number))).ok_or_else(wrong)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Limit, E> {
        // What is no number is as wrong as zero.
        self.visit_u64(text.parse().unwrap_or(0))
    }
}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(PAGE_ITEMS_MAX))
            .default(Some(ITEMS_USUAL.into()))
            .into()
    }
}

impl ToSchema for Limit {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PageLimit")
    }
}

/// Where a page ended. Callers send it back as it is and read nothing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(pub Id16);

impl Cursor {
    /// The cursor of a list that is ordered by a number; the kind tells such lists, and their numberings, apart.
    pub fn of_number(kind: u64, number: i64) -> Self {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&kind.to_be_bytes());
        bytes[8..].copy_from_slice(&number.to_be_bytes());
        Self(bytes)
    }

    /// The number of such a cursor; one of another kind gives none.
    pub fn number(self, kind: u64) -> Option<i64> {
        let mut low = [0; 8];
        low.copy_from_slice(&self.0[8..]);
        let number = i64::from_be_bytes(low);
        (self.0[..8] == kind.to_be_bytes() && number >= 0).then_some(number)
    }
}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&id::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let bytes = id::decode(&text).map(Self);
        bytes.ok_or_else(|| de::Error::custom("expected `next` of an earlier page"))
    }
}

impl PartialSchema for Cursor {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Where a page ended. It means nothing to anybody else."))
            .into()
    }
}

impl ToSchema for Cursor {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Cursor")
    }
}

#[cfg(test)]
mod tests;
