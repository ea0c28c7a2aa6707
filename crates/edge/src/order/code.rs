//! The codes of an order, opened for whoever may see them.

use crate::problem::Problem;
use deliver::inventory::identity;
use deliver::inventory::record::Field;
use domain::inventory;
use vault::{Vault, VaultError};

/// Opens a code of an order; none when it is damaged. A key that is missing is an error.
pub fn open(vault: &Vault, code: &inventory::Code) -> Result<Option<Vec<Field>>, Problem> {
    match identity::open(vault, code) {
        Ok(fields) => Ok(Some(fields)),
        Err(VaultError::UnknownKey(_)) => Err(Problem::key_missing()),
        Err(_) => Ok(None),
    }
}
