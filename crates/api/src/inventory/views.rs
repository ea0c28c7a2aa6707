//! Imports and batches as callers see them.

use crate::wire::{CodeBatchId, Decimal, ImportId, SkuId, Time, Wire};
use domain::inventory;
use serde::Serialize;
use utoipa::ToSchema;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// The file comes in or is being read.
    Running,
    /// Every row was read.
    Done,
    /// The file as a whole cannot be read, or never came whole.
    Failed,
}

impl From<inventory::ImportState> for ImportState {
    fn from(state: inventory::ImportState) -> Self {
        match state {
            inventory::ImportState::Uploading | inventory::ImportState::Running => Self::Running,
            inventory::ImportState::Done => Self::Done,
            inventory::ImportState::Failed => Self::Failed,
        }
    }
}

/// A job that was just started.
#[derive(Debug, Serialize, ToSchema)]
pub struct StartedImport {
    /// Its id: ask for it to follow the job.
    pub id: ImportId,
    /// Always `running`.
    pub state: ImportState,
}

/// The job that reads a code file.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeImport {
    /// Its id.
    pub id: ImportId,
    /// The SKU that the codes are for.
    pub sku: SkuId,
    /// The batch that the codes form.
    pub batch: CodeBatchId,
    /// Where it stands.
    pub state: ImportState,
    /// What the merchant calls the batch.
    pub name: Option<String>,
    /// Who supplied the codes.
    pub supplier: Option<String>,
    /// What one code cost, in the currency of the SKU.
    pub unit_cost: Option<Decimal>,
    /// Bytes of the file.
    pub bytes: i64,
    /// Records read so far.
    pub records: i64,
    /// Codes taken in.
    pub accepted: i64,
    /// Codes that the merchant had imported before, sold or not.
    pub duplicates: i64,
    /// Rows that cannot be read.
    pub errors: i64,
    /// Where to read what is wrong with them; null when nothing is.
    pub error_file_url: Option<String>,
    /// Why the file as a whole cannot be read.
    pub failure: Option<String>,
    /// When it was made.
    pub created_at: Time,
    /// When it ended.
    pub finished_at: Option<Time>,
}

/// Codes that came together.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeBatch {
    /// Its id.
    pub id: CodeBatchId,
    /// The job that brought it.
    pub import: ImportId,
    /// The SKU that the codes are for.
    pub sku: SkuId,
    /// What the merchant calls it.
    pub name: Option<String>,
    /// Who supplied the codes.
    pub supplier: Option<String>,
    /// What one code cost, in the currency of the SKU.
    pub unit_cost: Option<Decimal>,
    /// Codes in it.
    pub codes: i64,
    /// When it was made.
    pub created_at: Time,
}

impl StartedImport {
    /// A job by its id.
    pub fn of(id: kernel::ImportId) -> Self {
        Self { id: Wire(id), state: ImportState::Running }
    }
}

impl CodeImport {
    /// A job from its row.
    pub fn of(import: &inventory::Import) -> Self {
        let url = || format!("/v1/code-imports/{}/errors", import.id);
        Self {
            id: Wire(import.id),
            sku: Wire(import.sku),
            batch: Wire(import.batch),
            state: import.state.into(),
            name: import.name.clone(),
            supplier: import.supplier.clone(),
            unit_cost: import.unit_cost.map(|cost| Decimal(cost.amount)),
            bytes: import.bytes,
            records: import.records,
            accepted: import.accepted,
            duplicates: import.duplicates,
            errors: import.errors,
            error_file_url: (import.errors > 0).then(url),
            failure: import.failure.clone(),
            created_at: Wire(import.created_at),
            finished_at: import.finished_at.map(Wire),
        }
    }
}

impl CodeBatch {
    /// The batch of a job.
    pub fn of(import: &inventory::Import) -> Self {
        Self {
            id: Wire(import.batch),
            import: Wire(import.id),
            sku: Wire(import.sku),
            name: import.name.clone(),
            supplier: import.supplier.clone(),
            unit_cost: import.unit_cost.map(|cost| Decimal(cost.amount)),
            codes: import.accepted,
            created_at: Wire(import.created_at),
        }
    }
}
