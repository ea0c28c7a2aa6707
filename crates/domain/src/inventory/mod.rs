//! Codes (卡密), the pools they lie in, and the jobs that bring them.
//!
//! A pool is walked in one order, its [`Position`]: nearest expiry first, then age. A low-water mark per
//! pool says where the first code that can be sold may lie, so the head is never scanned twice.

pub mod ask_import;
pub mod begin_import;
pub mod damaged;
pub mod decide_import;
pub mod expire_codes;
pub mod export_codes;
pub mod fact;
pub mod finish_import;
pub mod identity;
pub mod import_slice;
pub mod mark;
pub mod mark_batch;
pub mod mark_code;
pub mod mark_slice;
pub mod open_import;
pub mod plan;
pub mod pool;
pub mod relocate;
pub mod relocate_slice;
pub mod retag_slice;
pub mod rows;
pub mod settings;
pub mod settle_doubts;
pub mod stage_chunk;
pub mod stop_sku;
pub mod world;

use crate::catalog::Sku;
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use crate::{Refusal, World};
use kernel::{CodeBatchId, CodeId, Id16, ImportId, OrderId, SkuId, Tenant, Timestamp, UnitCost};
use mark::BatchStatus;
use relocate::Relocation;
use serde::{Deserialize, Serialize};
use settings::DoubtChoice;
pub use settings::{FileFormat, ImportSettings};

crate::dispatch::verbs! {
    Inventory:
    "export_codes" => export_codes::ExportCodes,
    "begin_import" => begin_import::BeginImport,
    "stage_chunk" => stage_chunk::StageChunk,
    "open_import" => open_import::OpenImport,
    "import_slice" => import_slice::ImportSlice,
    "ask_import" => ask_import::AskImport,
    "decide_import" => decide_import::DecideImport,
    "settle_doubts" => settle_doubts::SettleDoubts,
    "retag_slice" => retag_slice::RetagSlice,
    "finish_import" => finish_import::FinishImport,
    "expire_codes" => expire_codes::ExpireCodes,
    "mark_batch" => mark_batch::MarkBatch,
    "mark_slice" => mark_slice::MarkSlice,
    "mark_code" => mark_code::MarkCode,
    "relocate" => relocate::Relocate,
    "relocate_slice" => relocate_slice::RelocateSlice,
    "stop_sku" => stop_sku::StopSku,
}

/// Where a code stands in its pool's order: big-endian `valid_until`, then the code's id.
pub type Position = [u8; 24];

/// The place of a code: whose, in which pool, where.
pub type CodePlace = (Tenant, SkuId, Position);

/// A SKU whose pieces are codes of a pool: what is brought to any other would never be sold.
fn require_pool<'w>(
    world: &'w World,
    tenant: Tenant,
    id: SkuId,
    field: &'static str,
) -> Result<&'w Sku, Refusal> {
    let (_, sku) = world.config.sku(tenant, id).ok_or(Refusal::NotFound("sku"))?;
    if !sku.terms.is_stocked() {
        let detail = "the SKU has no stock of codes; choose one of the kind code";
        return Err(Refusal::invalid(field, detail));
    }
    Ok(sku)
}

/// The position of a code.
pub fn position(valid_until: Timestamp, id: CodeId) -> Position {
    let mut at = [0; 24];
    at[..8].copy_from_slice(&valid_until.0.to_be_bytes());
    at[8..].copy_from_slice(&id.0);
    at
}

/// The position before every code that is valid after `time`.
pub fn position_after(time: Timestamp) -> Position {
    position(time.plus_micros(1), CodeId([0; 16]))
}

/// The id in a position.
pub fn code_of(position: &Position) -> CodeId {
    let mut id = [0; 16];
    id.copy_from_slice(&position[8..]);
    CodeId(id)
}

/// The last moment that the code at a position is good for.
pub fn until_of(position: &Position) -> Timestamp {
    let mut until = [0; 8];
    until.copy_from_slice(&position[..8]);
    Timestamp(i64::from_be_bytes(until))
}

crate::numbered::numbered! {
    /// Where a code is in its life. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum CodeState {
        /// Can be sold.
        Available = 1,
        /// Belongs to an order line.
        Issued = 2,
        /// Belongs to an order line and was shown in clear.
        Revealed = 3,
        /// Kept from sale by a person.
        Frozen = 4,
        /// Crossed its date unsold.
        Expired = 5,
        /// Made worthless.
        Voided = 6,
        /// Another code took its place.
        Replaced = 7,
        /// May be another's twin; kept out of stock until a person decides.
        Doubtful = 8,
        /// Set aside unsold, because its seal does not open.
        Damaged = 9,
        /// Became the voucher that has its id.
        Voucher = 10,
    }
}

/// A code's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its id.
    pub id: CodeId,
    /// Its owner.
    pub tenant: Tenant,
    /// The pool it lies in.
    pub sku: SkuId,
    /// What it came with.
    pub batch: CodeBatchId,
    /// What the seal is bound to: the exact tag of its values, and of codes from before that of the folded number.
    pub tag: Id16,
    /// Its fields, sealed together.
    pub sealed: Vec<u8>,
    /// The last moment it is good for.
    pub valid_until: Timestamp,
    /// Where it is in its life.
    pub state: CodeState,
    /// The order and line it belongs to.
    pub owner: Option<(OrderId, u32)>,
}

impl Answer for Code {}

impl Code {
    /// Where it stands in its pool.
    pub fn position(&self) -> Position {
        position(self.valid_until, self.id)
    }

    /// Its place.
    pub fn place(&self) -> CodePlace {
        (self.tenant, self.sku, self.position())
    }
}

/// A pool's row: how far it has been walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// No code that can be sold and is not past its date lies before this.
    pub low: Position,
    /// No code that can be sold lies before this, whatever its date.
    pub swept: Position,
    /// Batches whose codes sales must walk around, because a job has not taken all of them out yet.
    pub batches_being_withdrawn: i64,
    /// Damaged codes that stand in a row before the next one; nothing is taken from the pool from
    /// [`damaged::ROW_MAX`] on.
    pub damaged_row: i64,
    /// Bytes of the largest sealed code that ever came in.
    pub largest: i64,
}

crate::numbered::numbered! {
    /// Where an import stands. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum ImportState {
        /// The file is still coming in.
        Uploading = 1,
        /// The file is here and is being read.
        Running = 2,
        /// Every row was read.
        Done = 3,
        /// The file as a whole cannot be read, or nobody answered what was asked of it.
        Failed = 4,
        /// The inspection has questions, and the job waits for a person's answers.
        NeedsDecision = 5,
    }
}

/// An import job's row; it is also the journal's subject for its whole batch of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// The pool that the codes go to.
    pub sku: SkuId,
    /// The batch that the codes form.
    pub batch: CodeBatchId,
    /// What the merchant calls the batch.
    pub name: Option<String>,
    /// Who supplied the codes.
    pub supplier: Option<String>,
    /// What one code cost.
    pub unit_cost: Option<UnitCost>,
    /// How the file is to be read.
    pub settings: ImportSettings,
    /// Where it stands.
    pub state: ImportState,
    /// Staged pieces.
    pub chunks: i64,
    /// Bytes of the file.
    pub bytes: i64,
    /// Records read so far: where to go on after a crash.
    pub records: i64,
    /// Codes taken in.
    pub accepted: i64,
    /// Codes that the merchant imported before.
    pub duplicates: i64,
    /// Rows that may be twins, without those that were taken in.
    pub doubts: i64,
    /// Doubts that nobody has decided.
    pub held: i64,
    /// What was decided of them; there until the job has carried it out.
    pub verdict: Option<DoubtChoice>,
    /// Until when the upload is kept for answers.
    pub kept_until: Option<Timestamp>,
    /// Rows that cannot be read.
    pub errors: i64,
    /// Why the file as a whole cannot be read.
    pub failure: Option<String>,
    /// What a person made of the batch.
    pub mark: BatchStatus,
    /// Where the first and the last of its codes stand in the pool.
    pub span: Option<(Position, Position)>,
    /// Where the job that carries the mark to the codes goes on; none when it is done.
    pub mark_from: Option<Position>,
    /// Where the batch is on its way to; its job walks with `mark_from`.
    pub relocation: Option<Relocation>,
    /// Why the batch could not go where it was last sent.
    pub relocation_failed: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

impl Answer for Import {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Import, self.id.0))
    }
}

/// A row of the error report. Never holds what stood in the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// Line of the file, from 1.
    pub line: i64,
    /// The code of the field at fault, `valid_until` or empty.
    pub column: String,
    /// A stable code of the cause.
    pub cause: &'static str,
}
