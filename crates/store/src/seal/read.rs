//! Reads data keys and what is sealed.

use crate::read::Reader;
use crate::seam::{Row, Value};
use crate::{Error, StoredKey, data_keys};
use domain::inventory::CodeState;
use domain::seal::SealedCell;
use kernel::{Id16, ImportId, OrderId, SkuId, Tenant};

/// A sealed cell as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRow {
    /// Which cell.
    pub cell: SealedCell,
    /// The tenant whose book it is in.
    pub tenant: Tenant,
    /// What the seal of a code, a buyer, an order's answers, a person, an approval's part, what buyers share or a resource's secret is bound to; a staged piece is bound to
    /// its key.
    pub tag: Id16,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
    /// Whether it is known not to open: a code that was set aside.
    pub set_aside: bool,
}

/// The first cells of each table: where a walk over all of them begins.
pub const SEALED_TABLES: [SealedCell; 8] = [
    SealedCell::Code((Tenant::from_bytes([0; 16]), SkuId([0; 16]), [0; 24])),
    SealedCell::Buyer(Tenant::from_bytes([0; 16]), [0; 16]),
    SealedCell::Chunk(Tenant::from_bytes([0; 16]), ImportId([0; 16]), -1),
    SealedCell::Input(Tenant::from_bytes([0; 16]), OrderId([0; 16])),
    SealedCell::Secret((Tenant::from_bytes([0; 16]), 0, [0; 16]), String::new()),
    SealedCell::Person(Tenant::from_bytes([0; 16]), [0; 16]),
    SealedCell::Approval(Tenant::from_bytes([0; 16]), [0; 16], 0),
    SealedCell::Content(Tenant::from_bytes([0; 16]), [0; 16]),
];

impl Reader {
    /// The wrapped data keys, by id.
    pub async fn data_keys(&self) -> Result<Vec<StoredKey>, Error> {
        data_keys::read(&mut self.conn().await?).await
    }

    /// The sealed cells of one table that come after a cell of it.
    pub async fn sealed_after(
        &self,
        last: &SealedCell,
        limit: u32,
    ) -> Result<Vec<SealedRow>, Error> {
        let limit = Value::Int(i64::from(limit));
        match last {
            SealedCell::Code((tenant, sku, position)) => {
                let (tenant, sku) = (Value::bytes(tenant.bytes()), Value::bytes(&sku.0));
                let from = [tenant, sku, Value::bytes(position), limit];
                self.many(&super::sql::READ_SEALED_CODES, &from, code).await
            }
            SealedCell::Buyer(tenant, tag) => {
                let from = [Value::bytes(tenant.bytes()), Value::bytes(tag), limit];
                self.many(&super::sql::READ_SEALED_BUYERS, &from, buyer).await
            }
            SealedCell::Chunk(tenant, import, number) => {
                let tenant = Value::bytes(tenant.bytes());
                let from = [tenant, Value::bytes(&import.0), Value::Int(*number), limit];
                self.many(&super::sql::READ_SEALED_CHUNKS, &from, chunk).await
            }
            SealedCell::Input(tenant, order) => {
                let from = [Value::bytes(tenant.bytes()), Value::bytes(&order.0), limit];
                self.many(&super::sql::READ_SEALED_ORDER_INPUTS, &from, input).await
            }
            SealedCell::Person(tenant, id) => {
                let from = [Value::bytes(tenant.bytes()), Value::bytes(id), limit];
                self.many(&super::sql::READ_SEALED_PEOPLE, &from, person).await
            }
            SealedCell::Content(tenant, id) => {
                let from = [Value::bytes(tenant.bytes()), Value::bytes(id), limit];
                self.many(&super::sql::READ_SEALED_CONTENTS, &from, content).await
            }
            SealedCell::Approval(tenant, id, part) => {
                let (tenant, id) = (Value::bytes(tenant.bytes()), Value::bytes(id));
                let from = [tenant, id, Value::Int(*part), limit];
                self.many(&super::sql::READ_SEALED_APPROVAL_PARTS, &from, approval_part).await
            }
            SealedCell::Secret(row, field) => {
                let [tenant, kind, id] = crate::resource::rows::key(row);
                let from = [tenant, kind, id, Value::text(field), limit];
                self.many(&super::sql::READ_SEALED_RESOURCE_SECRETS, &from, secret).await
            }
        }
    }
}

fn code(row: &Row) -> Result<SealedRow, Error> {
    let (tenant, tag) = (row.tenant(2)?, row.array(3)?);
    let cell = SealedCell::Code((tenant, SkuId(row.array(0)?), row.array(1)?));
    let set_aside = row.int(5)? == CodeState::Damaged as i64;
    Ok(SealedRow { cell, tenant, tag, sealed: row.bytes(4)?.to_vec(), set_aside })
}

fn buyer(row: &Row) -> Result<SealedRow, Error> {
    let (tenant, tag) = (row.tenant(0)?, row.array(1)?);
    let cell = SealedCell::Buyer(tenant, tag);
    Ok(SealedRow { cell, tenant, tag, sealed: row.bytes(2)?.to_vec(), set_aside: false })
}

fn chunk(row: &Row) -> Result<SealedRow, Error> {
    let tenant = row.tenant(0)?;
    let import = ImportId(row.array(1)?);
    let cell = SealedCell::Chunk(tenant, import, row.int(2)?);
    Ok(SealedRow { cell, tenant, tag: import.0, sealed: row.bytes(3)?.to_vec(), set_aside: false })
}

fn input(row: &Row) -> Result<SealedRow, Error> {
    let (tenant, order) = (row.tenant(0)?, OrderId(row.array(1)?));
    let cell = SealedCell::Input(tenant, order);
    Ok(SealedRow { cell, tenant, tag: order.0, sealed: row.bytes(2)?.to_vec(), set_aside: false })
}

fn person(row: &Row) -> Result<SealedRow, Error> {
    let (tenant, id) = (row.tenant(0)?, row.array(1)?);
    let cell = SealedCell::Person(tenant, id);
    Ok(SealedRow { cell, tenant, tag: id, sealed: row.bytes(2)?.to_vec(), set_aside: false })
}

fn content(row: &Row) -> Result<SealedRow, Error> {
    let (tenant, id) = (row.tenant(0)?, row.array(1)?);
    let cell = SealedCell::Content(tenant, id);
    Ok(SealedRow { cell, tenant, tag: id, sealed: row.bytes(2)?.to_vec(), set_aside: false })
}

fn approval_part(row: &Row) -> Result<SealedRow, Error> {
    let (tenant, id) = (row.tenant(0)?, row.array(1)?);
    let cell = SealedCell::Approval(tenant, id, row.int(2)?);
    Ok(SealedRow { cell, tenant, tag: id, sealed: row.bytes(3)?.to_vec(), set_aside: false })
}

fn secret(row: &Row) -> Result<SealedRow, Error> {
    let (tenant, id) = (row.tenant(0)?, row.array(2)?);
    let cell = SealedCell::Secret((tenant, row.int(1)?, id), row.text(3)?.to_owned());
    Ok(SealedRow { cell, tenant, tag: id, sealed: row.bytes(4)?.to_vec(), set_aside: false })
}
