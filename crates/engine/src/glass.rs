//! A look at the seals of codes that a batch will deliver or show, with the vault that is in force.

use domain::inventory::Code;
use domain::inventory::damaged::Seal;
use parking_lot::Mutex;
use std::collections::BTreeSet;
use std::sync::Arc;
use vault::{Place, Vault, VaultError};

/// A vault that is looked through, and the keys that it lacked.
pub(crate) struct Glass {
    vault: Arc<Vault>,
    missing: Mutex<BTreeSet<u32>>,
}

impl Glass {
    /// Through this vault.
    pub fn new(vault: Arc<Vault>) -> Self {
        Self { vault, missing: Mutex::default() }
    }

    /// What the seal of a code says.
    pub fn look(&self, code: &Code) -> Seal {
        let place = Place { tenant: code.tenant, table: "codes", row: &code.tag, column: "sealed" };
        match self.vault.unseal(&place, &code.sealed) {
            Ok(_) => Seal::Good,
            Err(VaultError::UnknownKey(id)) => {
                self.missing.lock().insert(id);
                Seal::KeyMissing
            }
            Err(_) => Seal::Damaged,
        }
    }

    /// The keys that were missing.
    pub fn missing(self) -> BTreeSet<u32> {
        self.missing.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::operator;
    use domain::inventory::CodeState;
    use kernel::{CodeBatchId, CodeId, FOREVER, SkuId};
    use vault::MasterKey;

    fn code(sealed: Vec<u8>) -> Code {
        Code {
            id: CodeId([1; 16]),
            tenant: operator(),
            sku: SkuId([2; 16]),
            batch: CodeBatchId([3; 16]),
            tag: [4; 16],
            sealed,
            valid_until: FOREVER,
            state: CodeState::Available,
            owner: None,
        }
    }

    #[test]
    fn whatever_byte_is_flipped_the_code_is_damaged_and_no_key_is_missing() {
        let (vault, _) = Vault::create(&MasterKey::generate()).expect("a vault");
        let place = Place { tenant: operator(), table: "codes", row: &[4; 16], column: "sealed" };
        let sealed = vault.seal(&place, b"a secret");
        let glass = Glass::new(Arc::new(vault));
        assert_eq!(glass.look(&code(sealed.clone())), Seal::Good);
        for at in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[at] ^= 0x40;
            assert_eq!(glass.look(&code(flipped)), Seal::Damaged, "byte {at}");
        }
        for cut in 0..sealed.len() {
            assert_eq!(glass.look(&code(sealed[..cut].to_vec())), Seal::Damaged, "{cut} bytes");
        }
        assert!(glass.missing().is_empty());
    }

    #[test]
    fn another_vaults_code_lies_under_a_missing_key_or_is_damaged_under_ours() {
        let place = Place { tenant: operator(), table: "codes", row: &[4; 16], column: "sealed" };
        let (theirs, _) = Vault::create(&MasterKey::generate()).expect("a vault");
        let (ours, _) = Vault::create(&MasterKey::generate()).expect("a vault");
        let mut sealed = theirs.seal(&place, b"a secret");
        let glass = Glass::new(Arc::new(ours));
        assert_eq!(glass.look(&code(sealed.clone())), Seal::Damaged, "the id is ours");
        sealed[4] = 9;
        assert_eq!(glass.look(&code(sealed)), Seal::KeyMissing);
        assert_eq!(glass.missing(), BTreeSet::from([9]));
    }
}
