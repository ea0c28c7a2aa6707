//! Reads resources.

use super::rows::{key, resource};
use super::sql;
use crate::Error;
use crate::read::Reader;
use crate::seam::{Row, Type, Value};
use domain::context::Actor;
use domain::resource::stored_key;
use domain::resource::world::RowKey;
use domain::resource::{self, AnyKind, PictureFile};
use kernel::{Id16, Tenant};

/// A key with the value that it must have.
pub type Filter = (&'static str, Vec<u8>);

/// In which order a list is, and after which item it goes on.
#[derive(Debug, Clone)]
pub enum Order {
    /// Newest first.
    Newest {
        /// The last item of the page before.
        after: Option<Id16>,
    },
    /// By a key.
    By {
        /// Its name.
        name: &'static str,
        /// Whether the largest comes first.
        down: bool,
        /// Value and id of the last item of the page before.
        after: Option<(Vec<u8>, Id16)>,
    },
}

/// A list of one kind.
#[derive(Debug, Clone)]
pub struct List {
    /// What all of its items have.
    pub filters: Vec<Filter>,
    /// In which order.
    pub order: Order,
    /// Whether those that are archived are listed, or the others.
    pub archived: bool,
    /// How many.
    pub limit: u32,
}

/// A resource of a list, with the value of the key by which the list is sorted.
pub type Listed = (resource::Row, Vec<u8>);
/// A version, with who asked for it.
pub type Version = (resource::Row, Option<Actor>);

impl Reader {
    /// A resource as it is now.
    pub async fn resource(&self, at: &RowKey) -> Result<Option<resource::Row>, Error> {
        self.one(&sql::READ_ROW, &key(at), resource).await
    }

    /// The resource that has a value of a unique key; one that is archived has none.
    pub async fn resource_of_claim(
        &self,
        (tenant, kind): (Tenant, i64),
        name: &str,
        value: &[u8],
    ) -> Result<Option<resource::Row>, Error> {
        let of = [Value::bytes(tenant.bytes()), Value::Int(kind)];
        let [tenant, kind] = of;
        let params = [tenant, kind, Value::text(name), Value::bytes(value)];
        self.one(&sql::READ_BY_CLAIM, &params, resource).await
    }

    /// The one that a book has of a kind; as it is before anybody saved it, where nobody did.
    ///
    /// # Errors
    /// [`Error::Corrupt`] where books have many of the kind.
    pub async fn the_one(&self, tenant: Tenant, any: &AnyKind) -> Result<resource::Row, Error> {
        let found = self.resource(&(tenant, any.kind.number, any.kind.only_id())).await?;
        found.or_else(|| any.initial()).ok_or(Error::Corrupt("a kind of which there is one"))
    }

    /// The ones that a book has of some kinds, in the order of these, in one go.
    pub async fn the_ones<const N: usize>(
        &self,
        tenant: Tenant,
        kinds: [&'static AnyKind; N],
    ) -> Result<[resource::Row; N], Error> {
        let ids = kinds.map(|any| any.kind.only_id());
        let keys = kinds.iter().zip(&ids);
        let keys = keys.map(|(any, id)| {
            [Value::bytes(tenant.bytes()), Value::Int(any.kind.number), Value::bytes(id)]
        });
        let found = self.conn().await?.fetch_rows(&sql::READ_ROWS, keys.collect()).await?;
        let found: Vec<resource::Row> = found.iter().map(resource).collect::<Result<_, _>>()?;
        let rows = kinds.iter().filter_map(|any| {
            let row = found.iter().find(|row| row.kind == any.kind.number);
            row.cloned().or_else(|| any.initial())
        });
        let rows: Vec<_> = rows.collect();
        rows.try_into().map_err(|_| Error::Corrupt("a kind of which there is one"))
    }

    /// A picture of a resource.
    pub async fn resource_picture(
        &self,
        at: &RowKey,
        field: &str,
    ) -> Result<Option<PictureFile>, Error> {
        let [tenant, kind, id] = key(at);
        let params = [tenant, kind, id, Value::text(field)];
        let file = |row: &Row| {
            Ok(PictureFile { hash: row.text(0)?.to_owned(), bytes: row.bytes(1)?.to_vec() })
        };
        self.one(&sql::READ_PICTURE, &params, file).await
    }

    /// A resource as it was in a version.
    pub async fn resource_version(
        &self,
        at: &RowKey,
        version: i64,
    ) -> Result<Option<resource::Row>, Error> {
        let [tenant, kind, id] = key(at);
        self.one(&sql::READ_VERSION, &[tenant, kind, id, Value::Int(version)], resource).await
    }

    /// The versions of a resource before one, newest first.
    pub async fn resource_history(
        &self,
        at: &RowKey,
        before: i64,
        limit: u32,
    ) -> Result<Vec<Version>, Error> {
        let [tenant, kind, id] = key(at);
        let params = [tenant, kind, id, Value::Int(before), Value::Int(i64::from(limit))];
        let version = |row: &Row| Ok((resource(row)?, super::rows::read_actor(row, 10)?));
        self.many(&sql::READ_HISTORY, &params, version).await
    }

    /// A secret of a resource, sealed.
    pub async fn resource_secret(
        &self,
        at: &RowKey,
        field: &str,
    ) -> Result<Option<Vec<u8>>, Error> {
        let [tenant, kind, id] = key(at);
        let params = [tenant, kind, id, Value::text(field)];
        self.one(&sql::READ_SECRET, &params, |row| Ok(row.bytes(0)?.to_vec())).await
    }

    /// Resources of a kind.
    pub async fn resources(
        &self,
        tenant: Tenant,
        kind: i64,
        list: &List,
    ) -> Result<Vec<Listed>, Error> {
        let archived = Value::Int(i64::from(list.archived));
        let limit = Value::Int(i64::from(list.limit));
        let of = [Value::bytes(tenant.bytes()), Value::Int(kind)];
        match &list.order {
            Order::Newest { after } => {
                let before = Value::copy(&after.unwrap_or(crate::read::LAST));
                let Some(((name, value), others)) = list.filters.split_first() else {
                    let params = [&of[..], &[archived, before, limit]].concat();
                    let row = |row: &Row| Ok((resource(row)?, Vec::new()));
                    return self.many(&sql::READ_NEWEST, &params, row).await;
                };
                let by = [Value::text(name), Value::Blob(stored_key(Some(value)).into()), before];
                let params = [&pairs::<3>(others)[..], &of, &by, &[archived, limit]].concat();
                self.many(&sql::READ_FILTERED, &params, listed).await
            }
            Order::By { name, down, after } => {
                let statement = if *down { &sql::READ_SORTED_DOWN } else { &sql::READ_SORTED_UP };
                let edge =
                    if *down { (vec![0xff], crate::read::LAST) } else { (Vec::new(), [0; 16]) };
                let (value, id) = after.clone().unwrap_or(edge);
                let after = [Value::text(name), Value::Blob(value.into()), Value::copy(&id)];
                let filters = pairs::<4>(&list.filters);
                let params = [&filters[..], &of, &after, &[archived, limit]].concat();
                self.many(statement, &params, listed).await
            }
        }
    }
}

/// Filters as parameters; those that are left over are null.
fn pairs<const N: usize>(filters: &[Filter]) -> Vec<Value<'_>> {
    let given = filters
        .iter()
        .flat_map(|(name, value)| [Value::text(name), Value::Blob(stored_key(Some(value)).into())]);
    let none = [Value::Null(Type::Text), Value::Null(Type::Blob)];
    given.chain(none.into_iter().cycle()).take(2 * N).collect()
}

/// The columns of a resource and the key by which it was found.
fn listed(row: &Row) -> Result<Listed, Error> {
    Ok((resource(row)?, row.bytes(10)?.to_vec()))
}
