//! Reads shops.

use crate::Error;
use crate::read::Reader;
use crate::seam::{Row, Value};
use domain::shop::{Logo, ShopStyle};
use kernel::Tenant;

impl Reader {
    /// A shop's style; that of one which chose nothing when it was never edited.
    pub async fn shop(&self, tenant: Tenant) -> Result<ShopStyle, Error> {
        let key = [Value::bytes(tenant.bytes())];
        let found = self.one(&super::sql::READ_SHOP, &key, |row| super::rows::shop(row, 0)).await?;
        Ok(found.unwrap_or_default())
    }

    /// A shop's logo with its bytes.
    pub async fn shop_logo(&self, tenant: Tenant) -> Result<Option<(Logo, Vec<u8>)>, Error> {
        let key = [Value::bytes(tenant.bytes())];
        Ok(self.one(&super::sql::READ_SHOP_LOGO, &key, logo).await?.flatten())
    }
}

fn logo(row: &Row) -> Result<Option<(Logo, Vec<u8>)>, Error> {
    let Some(logo) = super::rows::shop(row, 0)?.logo else { return Ok(None) };
    let bytes = row.maybe_bytes(1)?.ok_or(Error::Corrupt("a logo without its bytes"))?;
    Ok(Some((logo, bytes.to_vec())))
}
