//! Clear away an upload that never ended, or that was asked about in vain.

use crate::work::WorkError;
use domain::inventory::ImportState;
use domain::inventory::finish_import::FinishImport;
use engine::Engine;
use kernel::{ImportId, Tenant};

/// Ends an import whose file never came whole; one that was kept for answers ends as one that nobody answered.
pub(crate) async fn drop_upload(
    engine: &Engine,
    tenant: Tenant,
    id: ImportId,
) -> Result<(), WorkError> {
    let Some(import) = engine.reader().import(tenant, id).await? else { return Ok(()) };
    if import.state != ImportState::Uploading && import.kept_until.is_none() {
        return Ok(());
    }
    let failure = Some("the upload never ended; send the file again".to_owned());
    let finish = FinishImport { import: id, records: 0, failure };
    engine.run_bulk(engine.internal(tenant), finish).await?;
    Ok(())
}
