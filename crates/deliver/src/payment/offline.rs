//! Where buyers transfer money to.

use domain::payment::offline::OfflineTransfer;
use domain::resource::{Resource, registry};
use engine::Engine;
use kernel::Tenant;

/// What a book says of transfers; none where its buyers may not pay so.
pub async fn offline_transfer(
    engine: &Engine,
    tenant: Tenant,
) -> Result<Option<OfflineTransfer>, store::Error> {
    let kind = OfflineTransfer::KIND;
    let found = engine.reader().resource(&(tenant, kind.number, kind.only_id())).await?;
    let any = registry::of::<OfflineTransfer>();
    let setting = found.and_then(|row| any.typed::<OfflineTransfer>(&row));
    Ok(setting.filter(|setting| setting.enabled))
}
