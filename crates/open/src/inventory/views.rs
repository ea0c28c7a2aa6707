//! Imports and batches as callers see them.

use super::findings::{Finding, Inspected, Understood};
use domain::inventory;
use domain::inventory::plan::ImportPlan;
use edge::wire::{
    BatchMark, CodeBatchId, CodeId, CodeState, Decimal, ImportId, OrderId, SkuId, Time, Wire,
};
use kernel::FOREVER;
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
    /// The file as a whole cannot be read, or never came whole, or has a question that nobody answered.
    Failed,
    /// The file has a question: send decisions.
    NeedsDecision,
}

impl From<inventory::ImportState> for ImportState {
    fn from(state: inventory::ImportState) -> Self {
        match state {
            inventory::ImportState::Uploading | inventory::ImportState::Running => Self::Running,
            inventory::ImportState::Done => Self::Done,
            inventory::ImportState::Failed => Self::Failed,
            inventory::ImportState::NeedsDecision => Self::NeedsDecision,
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
    /// Rows that may be twins of other codes, without those that were taken in.
    pub doubts: i64,
    /// Doubts that nobody has decided; they are kept out of stock.
    pub doubts_open: i64,
    /// Whether decisions about doubts are still being carried out.
    pub deciding: bool,
    /// Rows that cannot be read.
    pub errors: i64,
    /// What was understood of the file; null until it was looked at.
    pub understood: Option<Understood>,
    /// What was found in it, the questions first.
    pub findings: Vec<Finding>,
    /// The values of its first rows, masked.
    pub sample: Vec<Vec<String>>,
    /// Until when the file is kept for answers.
    pub kept_until: Option<Time>,
    /// Where to read what is wrong with them; null when nothing is.
    pub error_file_url: Option<String>,
    /// Why the file as a whole cannot be read; `needs_decision` when it has a question.
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
    /// Whether it may be sold.
    pub state: BatchMark,
    /// Whether a job still brings its codes into that state.
    pub in_progress: bool,
    /// Why it stayed when it was last to be moved or given another date; `batch_seen` when a code of it was seen.
    pub relocation_failed: Option<String>,
    /// What became of its codes.
    pub counts: CodeCounts,
    /// When it was made.
    pub created_at: Time,
}

/// Codes of a batch by state.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct CodeCounts {
    /// Can be sold.
    pub available: i64,
    /// Belong to an order; nobody has seen them.
    pub issued: i64,
    /// Belong to an order and were seen.
    pub revealed: i64,
    /// Kept from sale.
    pub frozen: i64,
    /// Crossed their date unsold.
    pub expired: i64,
    /// Made worthless.
    pub voided: i64,
    /// May be twins of other codes; kept out of stock until somebody decides.
    pub doubtful: i64,
    /// Set aside, because their seals do not open.
    pub damaged: i64,
}

/// A batch that was just frozen, unfrozen, voided or sent on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarkedBatch {
    /// Its id: read the batch to follow the job.
    pub id: CodeBatchId,
    /// Whether it may be sold.
    pub state: BatchMark,
    /// Whether a job still brings its codes into that state.
    pub in_progress: bool,
}

/// A code, without what is secret of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Code {
    /// Its id.
    pub id: CodeId,
    /// What it is a code for.
    pub sku: SkuId,
    /// What it came with.
    pub batch: CodeBatchId,
    /// Where it is in its life.
    pub state: CodeState,
    /// The last moment it is good for; null when there is none.
    pub valid_until: Option<Time>,
    /// The order it belongs to.
    pub order: Option<OrderId>,
    /// Codes that look like it, by id, where it was looked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub similar: Vec<CodeId>,
}

impl StartedImport {
    /// A job by its id.
    pub fn of(id: kernel::ImportId) -> Self {
        Self { id: Wire(id), state: ImportState::Running }
    }
}

impl CodeImport {
    /// A job from its row and what was found of its file.
    pub fn of(import: &inventory::Import, plan: Option<&ImportPlan>) -> Self {
        let seen = Inspected::of(plan);
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
            doubts: import.doubts,
            doubts_open: import.held,
            deciding: import.verdict.is_some(),
            errors: import.errors,
            understood: seen.understood,
            findings: seen.findings,
            sample: seen.sample,
            kept_until: import.kept_until.map(Wire),
            error_file_url: (import.errors > 0).then(url),
            failure: import
                .failure
                .clone()
                .filter(|_| import.state == inventory::ImportState::Failed),
            created_at: Wire(import.created_at),
            finished_at: import.finished_at.map(Wire),
        }
    }
}

impl CodeBatch {
    /// The batch of a job, with its codes by state.
    pub fn of(import: &inventory::Import, states: &[(inventory::CodeState, i64)]) -> Self {
        Self {
            id: Wire(import.batch),
            import: Wire(import.id),
            sku: Wire(import.sku),
            name: import.name.clone(),
            supplier: import.supplier.clone(),
            unit_cost: import.unit_cost.map(|cost| Decimal(cost.amount)),
            codes: import.accepted,
            state: Wire(import.mark),
            in_progress: import.mark_from.is_some(),
            relocation_failed: import.relocation_failed.clone(),
            counts: CodeCounts::of(states),
            created_at: Wire(import.created_at),
        }
    }
}

impl CodeCounts {
    fn of(states: &[(inventory::CodeState, i64)]) -> Self {
        let of = |wanted| states.iter().find(|(state, _)| *state == wanted).map_or(0, |(_, n)| *n);
        Self {
            available: of(inventory::CodeState::Available),
            issued: of(inventory::CodeState::Issued),
            revealed: of(inventory::CodeState::Revealed),
            frozen: of(inventory::CodeState::Frozen),
            expired: of(inventory::CodeState::Expired),
            voided: of(inventory::CodeState::Voided),
            doubtful: of(inventory::CodeState::Doubtful),
            damaged: of(inventory::CodeState::Damaged),
        }
    }
}

impl MarkedBatch {
    /// The batch of a job.
    pub fn of(import: &inventory::Import) -> Self {
        let in_progress = import.mark_from.is_some();
        Self { id: Wire(import.batch), state: Wire(import.mark), in_progress }
    }
}

impl Code {
    /// A code from its row.
    pub fn of(code: &inventory::Code) -> Self {
        Self {
            id: Wire(code.id),
            sku: Wire(code.sku),
            batch: Wire(code.batch),
            state: Wire(code.state),
            valid_until: (code.valid_until < FOREVER).then_some(Wire(code.valid_until)),
            order: code.owner.map(|(order, _)| Wire(order)),
            similar: Vec::new(),
        }
    }
}
