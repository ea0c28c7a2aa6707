//! Codes of vouchers: what was typed at a till, and what a holder is shown. Our own follow from vouchers' ids; those that a
//! merchant brought lie sealed in the codes that became vouchers.

use crate::inventory::identity::{looked_up_by, open};
use domain::voucher::redeem::Shown;
use domain::voucher::{Voucher, code};
use engine::Engine;
use kernel::{Id16, Tenant, Timestamp};
use std::collections::HashMap;
use store::read::Reader;
use unicode_normalization::UnicodeNormalization;
use vault::Vault;

/// Reads what was typed or scanned; none where it is nothing.
pub fn shown(vault: &Vault, tenant: Tenant, typed: &str) -> Option<Shown> {
    let typed: String = typed.trim().nfc().collect();
    let imported = |text: &str| vault.exact_tag(tenant, &[text]);
    Shown::read(&typed, |bits| vault.voucher_tag(tenant, bits), imported)
}

/// The voucher that is shown, and whether by a token.
pub async fn find(
    reader: &Reader,
    tenant: Tenant,
    shown: &Shown,
    now: Timestamp,
) -> Result<Option<(Voucher, bool)>, store::Error> {
    for tag in shown.tags() {
        if let Some(voucher) = reader.voucher_by_tag(tenant, &tag).await? {
            return Ok(Some((voucher, false)));
        }
    }
    let Some(digits) = shown.token else { return Ok(None) };
    let found = reader.voucher_by_digits(tenant, digits, now).await?;
    Ok(found.map(|voucher| (voucher, true)))
}

/// The codes of a tenant's vouchers as their holders read them, in the same order. None of those that are shown by tokens, and
/// none whose seal does not open.
pub async fn texts(
    engine: &Engine,
    tenant: Tenant,
    vouchers: &[Voucher],
) -> Result<Vec<Option<String>>, store::Error> {
    let imported: Vec<Id16> =
        vouchers.iter().filter(|voucher| voucher.imported).map(|voucher| voucher.id.0).collect();
    let mut brought: HashMap<Id16, String> = HashMap::with_capacity(imported.len());
    if !imported.is_empty() {
        let sealed = engine.reader().codes_named(tenant, &imported).await?;
        let vault = engine.vault_for(sealed.iter().map(|code| &code.sealed[..])).await;
        for code in &sealed {
            if let Ok(fields) = open(&vault, code) {
                brought.insert(code.id.0, looked_up_by(&fields).to_owned());
            }
        }
    }
    let vault = engine.vault();
    let text = |voucher: &Voucher| match (voucher.live, voucher.imported) {
        (true, _) => None,
        (_, true) => brought.remove(&voucher.id.0),
        _ => Some(code::write(&vault.voucher_code(tenant, &voucher.id.0))),
    };
    Ok(vouchers.iter().map(text).collect())
}
