//! Clear away an upload that never ended.

use crate::runner::WorkError;
use domain::Command;
use domain::inventory::ImportState;
use domain::inventory::finish_import::FinishImport;
use engine::Engine;
use kernel::{ImportId, Tenant};

/// Ends an import whose file never came whole.
pub(crate) async fn drop_upload(
    engine: &Engine,
    tenant: Tenant,
    id: ImportId,
) -> Result<(), WorkError> {
    let found = engine.reader().import(tenant, id).await?;
    if found.is_none_or(|import| import.state != ImportState::Uploading) {
        return Ok(());
    }
    let failure = Some("the upload never ended; send the file again".to_owned());
    let finish = Command::FinishImport(FinishImport { import: id, records: 0, failure });
    engine.submit_bulk(engine.internal(tenant, finish)).await?;
    Ok(())
}
